package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.START;
import static io.viking.syncer.pods.lifecycle.Lives.ended;
import static io.viking.syncer.pods.lifecycle.Lives.phase;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.run;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static io.viking.syncer.pods.lifecycle.Lives.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A pod with activeDeadlineSeconds 60 that is active since {@link Lives#START}. */
class ActiveDeadlineTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Lives pod = Lives.running().hears(seen(active("Running")));

  private static V1Pod active(String phase) {
    V1Pod active = version(phase(pod(), phase), "8");
    active.getSpec().setActiveDeadlineSeconds(DEADLINE.toSeconds());
    active.getStatus().setStartTime(START.atOffset(ZoneOffset.UTC));
    return active;
  }

  @Test
  void beforeTheDeadline_itRuns_andIsWokenAtIt() {
    pod.after(DEADLINE.minusSeconds(1));
    assertThat(pod.state()).isInstanceOf(PodState.Running.class);
    assertThat(pod.machine().wakeAt(pod.moment())).contains(START.plus(DEADLINE));
  }

  @Test
  void atTheDeadline_containersAreStoppedWithTheirGrace_thenThePodFails() {
    pod.after(DEADLINE);
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.machine().stopGrace(pod.now())).isEqualTo(Duration.ofSeconds(30));
    assertThat(pod.tells)
        .endsWith(
            Tell.normal(
                "DeadlineExceeded",
                "Pod was active on the node longer than the specified deadline"),
            Tell.normal("Killing", "Stopping container main"));

    pod.hears(new PodInput.Started(Work.DELETE)).hears(new PodInput.DeleteAccepted());
    pod.hears(new PodInput.InstanceSeen(ended(1, 143, pod.now())));
    assertThat(pod.wants()).as("it is not gone yet").isEmpty();

    pod.hears(new PodInput.InstanceRemoved(ended(1, 143, pod.now())));
    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch()).contains("\"Failed\"", "\"reason\":\"DeadlineExceeded\"", "143");

    pod.hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()))
        .hears(seen(version(active("Failed"), "9")));
    assertThat(pod.state()).isInstanceOf(PodState.Settled.class);
    assertThat(pod.wants()).isEmpty();
  }

  @Test
  void deadlineSetOnAPodThatRunsForLonger_isPast() {
    Lives late = Lives.running().after(DEADLINE.multipliedBy(2)).hears(seen(active("Running")));
    assertThat(late.wants()).containsExactly(Work.DELETE);
  }

  @Test
  void podThatEndedByItself_keepsItsEnd() {
    pod.hears(new PodInput.InstanceSeen(ended(1, 0, START.plusSeconds(50)))).after(DEADLINE);
    assertThat(pod.patch()).contains("\"Succeeded\"").doesNotContain("DeadlineExceeded");
  }

  @Test
  void podWithoutAnInstance_fails() {
    Lives waiting = Lives.bound().hears(seen(active("Pending"))).after(DEADLINE);
    assertThat(waiting.patch()).contains("\"Failed\"", "DeadlineExceeded");
  }

  @Test
  void cloudOutOfReach_nothingIsSaid() {
    pod.inWorld(new World(true, false)).after(DEADLINE);
    assertThat(pod.wants()).isEmpty();
    pod.inWorld(new World(true, true));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
  }

  @Test
  void statusThatIsNotWrittenYet_countsFromTheInstance() {
    V1Pod quiet = pod();
    quiet.getSpec().setActiveDeadlineSeconds(5L);
    var instance = run(1).toBuilder();
    instance.getCreateTimeBuilder().setSeconds(START.getEpochSecond());
    Lives young = Lives.created().hears(seen(quiet));
    young.hears(new PodInput.InstanceSeen(instance.build())).after(Duration.ofSeconds(5));
    assertThat(young.wants()).contains(Work.DELETE);
  }
}
