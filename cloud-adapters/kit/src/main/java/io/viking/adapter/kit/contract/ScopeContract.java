package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** SCOPE: nothing of another cluster is ever seen, changed or deleted. */
public abstract class ScopeContract extends ContractTopic {
  @Test
  void otherCluster_sees_noInstances() {
    TestCluster ours = newCluster();
    TestCluster other = newCluster();
    Instance instance = ours.running(ours.spec().build());

    assertThat(other.list()).isEmpty();
    assertThat(other.find(instance.getUid())).isEmpty();
  }

  @Test
  void otherCluster_watches_noEvents() {
    TestCluster ours = newCluster();
    TestCluster other = newCluster();
    InstanceWatch watch = other.watch(other.revision());
    Instance instance = ours.running(ours.spec().build());
    ours.delete(instance.getUid(), 1, Duration.ZERO);
    ours.awaitGone(instance.getUid());

    // Its own instance comes after all of ours, so what it has seen by then is all that it sees.
    Instance own = other.created(other.spec().build());
    watch.awaitEvent("its own", event -> event.getInstance().getUid().equals(own.getUid()));
    assertThat(watch.events())
        .extracting(event -> event.getInstance().getClusterId())
        .containsOnly(other.id());
  }

  @Test
  void otherCluster_deletes_nothing() {
    TestCluster ours = newCluster();
    Instance instance = ours.running(ours.spec().build());

    assertThat(
            newCluster().delete(instance.getUid(), TestCluster.FOR_EVER, Duration.ZERO).getAbsent())
        .as("absent, for the other cluster")
        .isTrue();

    Instance still = ours.find(instance.getUid()).orElseThrow();
    assertThat(still.hasStopTime()).as("stops").isFalse();
    assertThat(still.hasEndTime()).as("ended").isFalse();
  }

  @Test
  void otherCluster_fences_nothing() {
    TestCluster ours = newCluster();
    InstanceSpec spec = ours.spec().build();
    newCluster().delete(spec.getUid(), TestCluster.FOR_EVER, Duration.ZERO);

    assertThat(ours.create(spec).getCreated()).isTrue();
  }

  @Test
  void sameUid_inTwoClusters_isTwoInstances() {
    TestCluster ours = newCluster();
    TestCluster other = newCluster();
    InstanceSpec spec = ours.spec().build();
    Instance first = ours.created(spec);

    Instance second = other.created(spec);

    assertThat(second.getInstanceId()).isNotEqualTo(first.getInstanceId());
    assertThat(second.getClusterId()).isEqualTo(other.id());
  }

  @Test
  void otherCluster_reads_noLogs() {
    TestCluster ours = newCluster();
    TestCluster other = newCluster();
    Instance instance = ours.running(ours.spec().build());

    assertReason(
        ErrorReason.ERROR_REASON_NOT_FOUND,
        () ->
            other
                .calls()
                .readLogs(
                    ReadLogsRequest.newBuilder()
                        .setClusterId(other.id())
                        .setUid(instance.getUid())
                        .setContainer(TestPod.CONTAINER)
                        .build())
                .hasNext());
  }

  @Test
  void otherCluster_updates_noFiles() {
    onlyIf(info().getCapabilities().getFileUpdate(), "the pool does not update files");
    TestCluster ours = newCluster();
    TestCluster other = newCluster();
    Instance instance = ours.running(ours.spec().build());

    var results =
        other
            .calls()
            .updateFiles(
                UpdateFilesRequest.newBuilder()
                    .setClusterId(other.id())
                    .addUpdates(UpdateFiles.newBuilder().setUid(instance.getUid()))
                    .build())
            .getResultsList();

    assertThat(results)
        .extracting(result -> result.getFailure().getReason())
        .containsExactly(ErrorReason.ERROR_REASON_NOT_FOUND);
  }

  @Test
  void otherCluster_measures_noUsage() {
    onlyIf(info().getCapabilities().getUsage(), "the pool does not measure usage");
    TestCluster ours = newCluster();
    TestCluster other = newCluster();
    Instance instance = ours.running(ours.spec().build());

    assertThat(
            other
                .calls()
                .getUsage(
                    GetUsageRequest.newBuilder()
                        .setClusterId(other.id())
                        .addUids(instance.getUid())
                        .build())
                .getInstancesList())
        .isEmpty();
  }

  @Test
  void callWithoutACluster_isInvalid() {
    TestCluster cluster = newCluster();

    assertReason(
        ErrorReason.ERROR_REASON_INVALID_SPEC,
        () -> cluster.calls().listInstances(ListInstancesRequest.getDefaultInstance()));
    assertReason(
        ErrorReason.ERROR_REASON_INVALID_SPEC,
        () ->
            cluster
                .calls()
                .createInstances(
                    CreateInstancesRequest.newBuilder().addInstances(cluster.spec()).build()));
    assertReason(
        ErrorReason.ERROR_REASON_INVALID_SPEC,
        () ->
            cluster
                .calls()
                .deleteInstances(
                    DeleteInstancesRequest.newBuilder()
                        .addInstances(TestCluster.deletion("uid", 1, Duration.ZERO))
                        .build()));
    assertThat(InstanceWatch.open(adapter(), "", cluster.revision()).awaitFailure().reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
  }

  private static void assertReason(ErrorReason reason, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("failure of the call").isNotNull();
    assertThat(CloudFailures.from(thrown).reason()).isEqualTo(reason);
  }
}
