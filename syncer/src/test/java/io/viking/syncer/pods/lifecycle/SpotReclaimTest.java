package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.START;
import static io.viking.syncer.pods.lifecycle.Lives.deleted;
import static io.viking.syncer.pods.lifecycle.Lives.phase;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.run;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static io.viking.syncer.pods.lifecycle.Lives.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.cloud.v1.InstancePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pod that runs on a spot instance which the cloud takes back after three minutes. */
class SpotReclaimTest {
  private static final Duration NOTICE = Duration.ofMinutes(3);
  private static final Instant RECLAIM = START.plus(NOTICE);

  private final Lives plain = Lives.running();
  private final Lives evicted = Lives.running().hears(seen(asking()));

  private static V1Pod asking() {
    V1Pod asking = version(phase(pod(), "Running"), "8");
    asking
        .getMetadata()
        .setAnnotations(Map.of("k8s.aliyun.com/eci-spot-release-strategy", "api-evict"));
    return asking;
  }

  private static Instance noticed() {
    var instance = run(1).toBuilder().setRevision(12).setSpot(true);
    instance.addConditions(
        InstanceCondition.newBuilder().setType("ContainerInstanceCreated").setStatus(true));
    instance.getReclaimTimeBuilder().setSeconds(RECLAIM.getEpochSecond());
    return instance.build();
  }

  private static Instance taken(Instant end) {
    var instance =
        noticed().toBuilder()
            .setRevision(13)
            .setPhase(InstancePhase.INSTANCE_PHASE_FAILED)
            .setReason("SpotReclaimed");
    instance.getEndTimeBuilder().setSeconds(end.getEpochSecond());
    instance.getContainersBuilder(0).getTerminatedBuilder().setExitCode(137);
    return instance.build();
  }

  @Test
  void notice_isAWarningOnce_andAReasonOfTheCondition() {
    plain.hears(new PodInput.InstanceSeen(noticed())).hears(new PodInput.InstanceSeen(noticed()));

    assertThat(plain.tells)
        .filteredOn(tell -> tell.reason().equals("SpotToBeReleased"))
        .containsExactly(
            Tell.warning(
                "SpotToBeReleased",
                "The cloud takes spot instance eci-1 back at 2026-11-21T10:03:00Z"));
    assertThat(plain.patch())
        .contains(
            "\"type\":\"ContainerInstanceCreated\"",
            "\"status\":\"True\"",
            "\"reason\":\"SpotToBeReleased\"");
  }

  @Test
  void podThatDoesNotAsk_isNotEvicted() {
    plain.hears(new PodInput.InstanceSeen(noticed()));

    assertThat(plain.wants()).doesNotContain(Work.EVICT);
  }

  @Test
  void takenInstance_failsThePodAsADisruption() {
    plain
        .hears(new PodInput.InstanceSeen(noticed()))
        .after(NOTICE)
        .hears(new PodInput.InstanceSeen(taken(RECLAIM)));

    assertThat(plain.patch())
        .contains(
            "\"phase\":\"Failed\"",
            "\"reason\":\"SpotReclaimed\"",
            "\"type\":\"DisruptionTarget\"");
  }

  @Test
  void instanceThatFailedBeforeItWasTaken_isNoDisruption() {
    plain
        .hears(new PodInput.InstanceSeen(noticed()))
        .hears(new PodInput.InstanceSeen(taken(RECLAIM.minusSeconds(1))));

    assertThat(plain.patch()).contains("\"phase\":\"Failed\"").doesNotContain("DisruptionTarget");
  }

  @Test
  void podThatAsks_isEvictedAtOnce_andAgainWhileItIsHeldBack() {
    evicted.hears(new PodInput.InstanceSeen(noticed()));
    assertThat(evicted.wants()).contains(Work.EVICT, Work.STATUS);

    evicted.hears(new PodInput.Started(Work.EVICT)).hears(heldBack());
    assertThat(evicted.wants()).doesNotContain(Work.EVICT);
    Instant again = evicted.machine().wakeAt(evicted.moment()).orElseThrow();
    evicted.after(Duration.between(evicted.now(), again));
    assertThat(evicted.wants()).contains(Work.EVICT);

    evicted
        .hears(new PodInput.EvictAnswered(new ApiAnswer.Done()))
        .hears(seen(deleted(asking(), evicted.now().plusSeconds(30), 30)));
    assertThat(evicted.wants()).contains(Work.DELETE).doesNotContain(Work.EVICT);
  }

  @Test
  void evictionHeldBackUntilTheReclaim_isGivenUp_andThePodFails() {
    evicted.hears(new PodInput.InstanceSeen(noticed())).hears(heldBack()).after(NOTICE);
    assertThat(evicted.wants()).doesNotContain(Work.EVICT);

    evicted.hears(new PodInput.InstanceSeen(taken(RECLAIM)));
    assertThat(evicted.patch()).contains("\"phase\":\"Failed\"", "DisruptionTarget");
  }

  @Test
  void podWithoutANotice_isNotEvicted() {
    assertThat(evicted.wants()).isEmpty();
  }

  @Test
  void podThatStarts_isNotEvicted_itIsMadeAnew() {
    var starting = Lives.created().hears(seen(version(phase(asking(), "Pending"), "8")));
    starting.hears(
        new PodInput.InstanceSeen(
            noticed().toBuilder().setPhase(InstancePhase.INSTANCE_PHASE_PENDING).build()));

    assertThat(starting.wants()).doesNotContain(Work.EVICT);
  }

  private static PodInput heldBack() {
    return new PodInput.EvictAnswered(new ApiAnswer.Failed(Optional.empty()));
  }
}
