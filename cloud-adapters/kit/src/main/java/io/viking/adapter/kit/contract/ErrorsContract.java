package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import io.viking.cloud.v1.ReadLogsRequest;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A failed call says why, in a form that a program can act on. */
public abstract class ErrorsContract extends ContractTopic {
  @Test
  void failedCall_carriesItsReason_underTheDocumentedStatus() {
    TestCluster cluster = newCluster();

    assertTyped(
        ErrorReason.ERROR_REASON_INVALID_SPEC,
        () -> cluster.page(ListInstancesRequest.newBuilder().setPageToken("~moon~")));
    assertTyped(
        ErrorReason.ERROR_REASON_NOT_FOUND,
        () ->
            cluster
                .calls()
                .readLogs(
                    ReadLogsRequest.newBuilder()
                        .setClusterId(cluster.id())
                        .setUid(UUID.randomUUID().toString())
                        .setContainer(TestPod.CONTAINER)
                        .build())
                .hasNext());
  }

  @Test
  void methodsThatThePoolCannotDo_areUnsupported() {
    Capabilities can = info().getCapabilities();
    onlyIf(
        !can.getUsage() || !can.getLoadBalancers() || !can.getPrivateDns(),
        "the pool can do everything that this test asks for");
    String cluster = newCluster().id();

    if (!can.getUsage()) {
      assertUnsupported(
          () ->
              newCluster()
                  .calls()
                  .getUsage(GetUsageRequest.newBuilder().setClusterId(cluster).build()));
    }
    if (!can.getLoadBalancers()) {
      assertUnsupported(
          () ->
              LoadBalancerServiceGrpc.newBlockingStub(adapter().channel())
                  .withDeadlineAfter(adapter().patience())
                  .listLoadBalancers(
                      ListLoadBalancersRequest.newBuilder().setClusterId(cluster).build()));
    }
    if (!can.getPrivateDns()) {
      assertUnsupported(
          () ->
              DnsServiceGrpc.newBlockingStub(adapter().channel())
                  .withDeadlineAfter(adapter().patience())
                  .listRecords(ListRecordsRequest.newBuilder().setClusterId(cluster).build()));
    }
  }

  private static void assertTyped(ErrorReason reason, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("failure of the call").isNotNull();
    CloudFailure failure = CloudFailures.from(thrown);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(Status.fromThrowable(thrown).getCode())
        .as("gRPC status of %s", failure)
        .isEqualTo(ErrorReasons.code(reason));
    assertThat(failure.message()).as("message").isNotBlank();
  }

  /** An adapter may leave the service out, too: gRPC then says UNIMPLEMENTED for it. */
  private static void assertUnsupported(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("failure of the call").isNotNull();
    assertThat(CloudFailures.from(thrown).reason()).isEqualTo(ErrorReason.ERROR_REASON_UNSUPPORTED);
  }
}
