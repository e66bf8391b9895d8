package io.viking.adapter.kit.faults;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Remembers what arrives, as {@code a,b} for a create of the instances a and b. */
final class RecordingInstances extends InstanceServiceImplBase {
  private final List<String> creates = new CopyOnWriteArrayList<>();
  private final List<ServerCallStreamObserver<WatchInstancesResponse>> watches =
      new CopyOnWriteArrayList<>();
  private final AtomicBoolean watchCancelled = new AtomicBoolean();

  List<String> creates() {
    return creates;
  }

  boolean isWatched() {
    return !watches.isEmpty();
  }

  boolean watchWasCancelled() {
    return watchCancelled.get();
  }

  void tell(long revision) {
    watches.forEach(
        watch -> watch.onNext(WatchInstancesResponse.newBuilder().setRevision(revision).build()));
  }

  void endWatches() {
    watches.forEach(StreamObserver::onCompleted);
  }

  /** Each result says which create it is the answer to, and whether it was the first item of it. */
  @Override
  public void createInstances(
      CreateInstancesRequest request, StreamObserver<CreateInstancesResponse> caller) {
    creates.add(
        request.getInstancesList().stream()
            .map(InstanceSpec::getUid)
            .collect(Collectors.joining(",")));
    boolean first = creates.size() == 1;
    var answer = CreateInstancesResponse.newBuilder();
    for (InstanceSpec spec : request.getInstancesList()) {
      var result = CreateInstanceResult.newBuilder().setUid(spec.getUid()).setCreated(first);
      result.getInstanceBuilder().setUid(spec.getUid());
      answer.addResults(result);
    }
    caller.onNext(answer.build());
    caller.onCompleted();
  }

  @Override
  public void watchInstances(
      WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> caller) {
    var watch = (ServerCallStreamObserver<WatchInstancesResponse>) caller;
    watch.setOnCancelHandler(() -> watchCancelled.set(true));
    watches.add(watch);
  }
}
