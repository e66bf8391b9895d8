package io.viking.syncer.pods.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made once, and of which moment it is. */
class LastPatchTest {
  private static final String HOST_IP = "192.168.0.1";
  private static final StatusReport RUNNING = new StatusReport.OfInstance(Lives.run(1));
  private static final StatusReport LOST = new StatusReport.OfLoss("InstanceLost", "it is gone");

  private final V1Pod pod = Lives.pod();
  private final LastPatch last = new LastPatch(pod, HOST_IP);

  @Test
  void patch_ofOnePodAndReport_isMadeOnce_andTellsWhenThatWas() {
    Optional<String> first = last.of(RUNNING, Lives.START);

    assertThat(first).isEqualTo(RUNNING.patch(pod, HOST_IP, Lives.START)).isNotEmpty();
    assertThat(last.of(RUNNING, Lives.START.plusSeconds(7))).isSameAs(first);
  }

  @Test
  void patch_ofAnotherReport_isThatOnes() {
    last.of(RUNNING, Lives.START);

    assertThat(last.of(LOST, Lives.START)).isEqualTo(LOST.patch(pod, HOST_IP, Lives.START));
  }

  @Test
  void patch_carriesTheVersionThatItWasMadeFrom_ifThereIsOne() {
    assertThat(last.of(LOST, Lives.START).orElseThrow())
        .contains("\"uid\":\"uid-1\"", "\"resourceVersion\":\"7\"");
    assertThat(LOST.patch(Lives.version(pod, ""), HOST_IP, Lives.START).orElseThrow())
        .contains("\"uid\":\"uid-1\"")
        .doesNotContain("resourceVersion");
  }

  @Test
  void machine_thatWantsAWriteForLong_tellsWhenItCameToWantIt() {
    Lives life = Lives.created();
    life.after(Duration.ofSeconds(5));
    life.hears(new PodInput.InstanceSeen(Lives.run(1)));
    assertThat(life.wants()).containsExactly(Work.STATUS);

    life.after(Duration.ofSeconds(7));

    assertThat(life.patch()).contains("T10:00:05Z").doesNotContain("T10:00:12Z");
  }

  @Test
  void machines_differInNothing_whetherTheyHaveMadeAPatchOrNot() {
    Lives life = Lives.created().hears(new PodInput.InstanceSeen(Lives.run(1)));
    PodMachine before = life.machine().withState(new PodState.Lost());
    PodMachine after = life.machine().withState(new PodState.Lost());

    after.statusPatch(life.moment());

    assertThat(after).isEqualTo(before).hasSameHashCodeAs(before);
  }
}
