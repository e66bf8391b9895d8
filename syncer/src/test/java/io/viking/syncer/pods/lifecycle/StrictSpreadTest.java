package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.created;
import static io.viking.syncer.pods.lifecycle.Lives.pending;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.refused;
import static io.viking.syncer.pods.lifecycle.Lives.resolved;
import static io.viking.syncer.pods.lifecycle.Lives.run;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static io.viking.syncer.pods.lifecycle.Lives.spread;
import static io.viking.syncer.pods.lifecycle.Lives.strict;
import static io.viking.syncer.pods.lifecycle.Lives.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whose instance others wait for: that it exists is told at once, and of nobody else. */
class StrictSpreadTest {
  @Test
  void acceptedInstance_isToldAtOnce_andNothingElseOfIt() {
    Lives pod = Lives.createdStrictly();

    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch())
        .contains("\"type\":\"ContainerInstanceCreated\",\"status\":\"True\"")
        .contains("\"resourceVersion\":\"7\"")
        .doesNotContain("phase", "containerStatuses");
  }

  @Test
  void strictPod_isWrittenTwiceUntilItRuns_othersOnce() {
    assertThat(writesUntilRunning(() -> strict(pod()))).isEqualTo(2);
    assertThat(writesUntilRunning(() -> pod())).isEqualTo(1);
    assertThat(
            writesUntilRunning(
                () -> spread(pod(), "ScheduleAnyway", "topology.kubernetes.io/zone")))
        .isEqualTo(1);
    assertThat(writesUntilRunning(() -> spread(pod(), "DoNotSchedule", "kubernetes.io/hostname")))
        .isEqualTo(1);
    assertThat(writesUntilRunning(StrictSpreadTest::failFast)).isEqualTo(1);
  }

  @Test
  void strictPod_whoseInstanceRunsAlready_isWrittenOnce_andSaysBoth() {
    Lives pod = Lives.createdStrictly().hears(new PodInput.InstanceSeen(run(1)));

    assertThat(pod.patch())
        .contains("\"phase\":\"Running\"")
        .contains("\"type\":\"ContainerInstanceCreated\",\"status\":\"True\"");
    pod.hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()));
    assertThat(pod.wants()).isEmpty();
  }

  @Test
  void restart_podThatSaysIt_isNotToldAgain() {
    Lives pod =
        new Lives()
            .inWorld(new World(false, true))
            .hears(seen(created(strict(pod()))))
            .hears(new PodInput.InstanceSeen(pending(1)))
            .inWorld(new World(true, true));

    assertThat(pod.state()).isInstanceOf(PodState.Running.class);
    assertThat(pod.wants()).isEmpty();
  }

  @Test
  void refusedThenAccepted_takesTheRefusalBackAtOnce() {
    Lives pod =
        new Lives()
            .hears(seen(strict(pod())))
            .hears(resolved())
            .hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK));
    assertThat(pod.patch()).contains("\"NoStock\"");
    V1Pod denied = version(strict(pod()), "8");
    denied
        .getStatus()
        .addConditionsItem(
            new V1PodCondition()
                .type("ContainerInstanceCreated")
                .status("False")
                .reason("NoStock")
                .message("no: OUT_OF_STOCK"));
    pod.hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()))
        .hears(seen(denied))
        .after(Duration.ofMinutes(2))
        .hears(resolved())
        .hears(new PodInput.Created(pending(1), true));

    assertThat(pod.patch())
        .contains("\"status\":\"True\",\"reason\":null,\"message\":null")
        .doesNotContain("NoStock");
  }

  private static V1Pod failFast() {
    V1Pod pod = strict(pod());
    pod.getMetadata().setAnnotations(Map.of("k8s.aliyun.com/eci-fail-strategy", "fail-fast"));
    return pod;
  }

  /** From the accepted create on, the cache following each write. */
  private static int writesUntilRunning(Supplier<V1Pod> object) {
    Lives pod =
        new Lives()
            .hears(seen(object.get()))
            .hears(resolved())
            .hears(new PodInput.Started(Work.CREATE))
            .hears(new PodInput.Created(pending(1), true));
    int writes = 0;
    if (pod.wants().contains(Work.STATUS)) {
      write(pod, version(created(object.get()), "8"));
      writes++;
    }
    assertThat(pod.wants()).as("until there is news").isEmpty();
    pod.hears(new PodInput.InstanceSeen(run(1)));
    assertThat(pod.patch()).contains("Running");
    return writes + 1;
  }

  private static void write(Lives pod, V1Pod after) {
    pod.hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()))
        .hears(seen(after));
  }
}
