package io.viking.syncer.pods;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.viking.cloud.client.Pages;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.DeleteInstanceResult;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceBlockingV2Stub;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.syncer.pods.PodsEvent.CreateOutcome;
import io.viking.syncer.pods.PodsEvent.DeleteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The contract's instance calls, blocking, each with a deadline; failures are values. */
final class InstanceCalls {
  private final InstanceServiceBlockingV2Stub stub;
  private final String clusterId;
  private final Duration deadline;

  InstanceCalls(Channel channel, String clusterId, Duration deadline) {
    this.stub = InstanceServiceGrpc.newBlockingV2Stub(channel);
    this.clusterId = clusterId;
    this.deadline = deadline;
  }

  List<CreateOutcome> create(List<InstanceSpec> specs) {
    var request =
        CreateInstancesRequest.newBuilder().setClusterId(clusterId).addAllInstances(specs).build();
    try {
      return withDeadline().createInstances(request).getResultsList().stream()
          .map(InstanceCalls::outcome)
          .toList();
    } catch (StatusException e) {
      return noneMade(specs, CloudFailures.from(e));
    }
  }

  List<DeleteOutcome> delete(List<DeleteInstance> items) {
    var request =
        DeleteInstancesRequest.newBuilder().setClusterId(clusterId).addAllInstances(items).build();
    try {
      return withDeadline().deleteInstances(request).getResultsList().stream()
          .map(InstanceCalls::outcome)
          .toList();
    } catch (StatusException e) {
      return noneStopped(items, CloudFailures.from(e));
    }
  }

  PodsEvent find(long call, List<String> uids) {
    var request = ListInstancesRequest.newBuilder().setClusterId(clusterId).addAllUids(uids);
    try {
      return new PodsEvent.Found(
          call,
          Pages.items(
              token -> withDeadline().listInstances(request.setPageToken(token).build()),
              ListInstancesResponse::getNextPageToken,
              ListInstancesResponse::getInstancesList));
    } catch (StatusException e) {
      return new PodsEvent.FindFailed(call, CloudFailures.from(e));
    }
  }

  /** The outcomes of a create that failed as a whole. */
  static List<CreateOutcome> noneMade(List<InstanceSpec> specs, CloudFailure failure) {
    return specs.stream().<CreateOutcome>map(_ -> new CreateOutcome.Refused(failure)).toList();
  }

  /** The outcomes of a delete that failed as a whole. */
  static List<DeleteOutcome> noneStopped(List<DeleteInstance> items, CloudFailure failure) {
    return items.stream().<DeleteOutcome>map(_ -> new DeleteOutcome.Refused(failure)).toList();
  }

  private InstanceServiceBlockingV2Stub withDeadline() {
    return stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static CreateOutcome outcome(CreateInstanceResult result) {
    return result.hasInstance()
        ? new CreateOutcome.Accepted(result.getInstance(), result.getCreated())
        : new CreateOutcome.Refused(CloudFailures.from(result.getFailure()));
  }

  private static DeleteOutcome outcome(DeleteInstanceResult result) {
    if (result.hasFailure()) {
      return new DeleteOutcome.Refused(CloudFailures.from(result.getFailure()));
    }
    return result.getAbsent() ? new DeleteOutcome.Absent() : new DeleteOutcome.Accepted();
  }
}
