package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.DeleteInstanceResult;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** FENCE and the way out: what is deleted ends, stays away, and is told once. */
public abstract class InstanceDeletionContract extends ContractTopic {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void delete_ofARunningInstance_endsWithItsFinalState() {
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());
    InstanceWatch watch = cluster.watch(cluster.revision());

    DeleteInstanceResult result = cluster.delete(running.getUid(), 1, AT_ONCE);

    assertThat(result.getAbsent()).as("absent").isFalse();
    Instance last = watch.awaitDeleted(running.getUid()).getInstance();
    assertThat(last.getInstanceId()).isEqualTo(running.getInstanceId());
    assertThat(last.getPhase())
        .isIn(InstancePhase.INSTANCE_PHASE_SUCCEEDED, InstancePhase.INSTANCE_PHASE_FAILED);
    assertThat(last.hasEndTime()).as("end time").isTrue();
    assertThat(last.hasStopTime()).as("stop time").isTrue();
    assertThat(last.getContainersList())
        .isNotEmpty()
        .allSatisfy(container -> assertThat(container.hasTerminated()).isTrue());
    assertThat(cluster.find(running.getUid())).isEmpty();
  }

  @Test
  void delete_whileCreating_leavesNothing() {
    TestCluster cluster = newCluster();
    InstanceWatch watch = cluster.watch(cluster.revision());
    InstanceSpec spec = cluster.spec().build();
    cluster.created(spec);

    cluster.delete(spec.getUid(), 1, AT_ONCE);

    watch.awaitDeleted(spec.getUid());
    assertThat(cluster.list()).isEmpty();
    assertThat(cluster.refused(spec).reason()).isEqualTo(ErrorReason.ERROR_REASON_ATTEMPT_SPENT);
  }

  @Test
  void delete_ofWhatIsNotThere_isDone_andSaysAbsent() {
    TestCluster cluster = newCluster();

    assertThat(cluster.delete(UUID.randomUUID().toString(), 1, AT_ONCE).getAbsent()).isTrue();
  }

  @Test
  void delete_ofWhatIsNotThere_fencesACreateThatComesLate() {
    TestCluster cluster = newCluster();
    InstanceSpec late = cluster.spec().setAttempt(2).build();
    cluster.delete(late.getUid(), 2, AT_ONCE);

    CloudFailure failure = cluster.refused(late);

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_ATTEMPT_SPENT);
    assertThat(failure.metadata()).containsEntry("next_attempt", "3");
    assertThat(cluster.list()).isEmpty();
  }

  @Test
  void delete_fencesItsAttempt_andNoHigherOne() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().build();
    cluster.running(spec);
    cluster.delete(spec.getUid(), 1, AT_ONCE);
    cluster.awaitGone(spec.getUid());

    assertThat(cluster.refused(spec).reason()).isEqualTo(ErrorReason.ERROR_REASON_ATTEMPT_SPENT);
    assertThat(cluster.create(spec.toBuilder().setAttempt(2).build()).getCreated()).isTrue();
  }

  @Test
  void delete_forEver_fencesEveryAttempt() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().setAttempt(1000).build();
    cluster.delete(spec.getUid(), TestCluster.FOR_EVER, AT_ONCE);

    CloudFailure failure = cluster.refused(spec);

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_ATTEMPT_SPENT);
    assertThat(failure.metadata()).doesNotContainKey("next_attempt");
  }

  @Test
  void delete_ofALowerAttempt_leavesTheLiveInstance() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().setAttempt(2).build();
    Instance second = cluster.running(spec);

    DeleteInstanceResult delayed = cluster.delete(spec.getUid(), 1, AT_ONCE);

    assertThat(delayed.getAbsent()).as("absent").isTrue();
    Instance still = cluster.find(spec.getUid()).orElseThrow();
    assertThat(still.getInstanceId()).isEqualTo(second.getInstanceId());
    assertThat(still.hasStopTime()).as("stops").isFalse();
  }

  @Test
  void delete_again_isDone_andToldOnce() {
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());
    InstanceWatch watch = cluster.watch(cluster.revision());

    cluster.delete(running.getUid(), 1, AT_ONCE);
    cluster.delete(running.getUid(), 1, AT_ONCE);
    watch.awaitDeleted(running.getUid());
    cluster.delete(running.getUid(), 1, AT_ONCE);

    // A later key's removal shows that the watch has told all that came before it.
    Instance later = cluster.created(cluster.spec().build());
    cluster.delete(later.getUid(), 1, AT_ONCE);
    watch.awaitDeleted(later.getUid());
    assertThat(watch.events(running.getUid()).stream().filter(InstanceEvents::isDeleted))
        .hasSize(1);
  }

  @Test
  void delete_again_withAShorterGrace_shortensIt() {
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());
    cluster.delete(running.getUid(), 1, LONG);

    cluster.delete(running.getUid(), 1, AT_ONCE);

    cluster.awaitGone(running.getUid());
  }

  @Test
  void delete_again_withALongerGrace_changesNothing() {
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());
    cluster.delete(running.getUid(), 1, AT_ONCE);

    cluster.delete(running.getUid(), 1, LONG);

    cluster.awaitGone(running.getUid());
  }

  @Test
  void delete_batch_answersInOrder() {
    TestCluster cluster = newCluster();
    onlyIf(info().getLimits().getInstanceBatchItems() >= 3, "a batch takes fewer than 3 items");
    Instance first = cluster.running(cluster.spec().build());
    Instance second = cluster.running(cluster.spec().build());
    String nobody = UUID.randomUUID().toString();

    List<DeleteInstanceResult> results =
        cluster.delete(
            List.of(
                TestCluster.deletion(second.getUid(), 1, AT_ONCE),
                TestCluster.deletion(nobody, 1, AT_ONCE),
                TestCluster.deletion(first.getUid(), 1, AT_ONCE)));

    assertThat(results)
        .extracting(DeleteInstanceResult::getUid)
        .containsExactly(second.getUid(), nobody, first.getUid());
    assertThat(results)
        .extracting(DeleteInstanceResult::getAbsent)
        .containsExactly(false, true, false);
    cluster.awaitGone(first.getUid());
    cluster.awaitGone(second.getUid());
  }
}
