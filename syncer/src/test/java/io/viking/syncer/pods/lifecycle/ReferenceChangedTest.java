package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.refused;
import static io.viking.syncer.pods.lifecycle.Lives.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.ErrorReason;
import io.viking.syncer.pods.manifest.Resolution;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A pod that waits for something goes on when that appears, and not when its pause is over. */
class ReferenceChangedTest {
  private static final PodInput MISSING =
      new PodInput.Resolved(
          new Resolution.Waiting(
              "main", "CreateContainerConfigError", "secret \"login\" not found"));

  @Test
  void whatIsMissingAppears_endsThePause() {
    Lives pod = Lives.bound();
    for (int i = 0; i < 6; i++) {
      pod.hears(MISSING).after(Duration.ofMinutes(1));
    }
    pod.hears(MISSING);
    assertThat(pod.after(Duration.ofSeconds(10)).wants()).doesNotContain(Work.RESOLVE);

    pod.hears(new PodInput.ReferenceChanged());

    assertThat(pod.wants()).contains(Work.RESOLVE);
    assertThat(pod.hears(resolved()).wants()).contains(Work.CREATE);
  }

  @Test
  void whatIsMissingAppears_whileTheAnswerIsOnItsWay_isLookedForOnceMore() {
    Lives pod = Lives.bound().hears(new PodInput.ReferenceChanged()).hears(MISSING);

    assertThat(pod.wants()).containsExactly(Work.RESOLVE);
    assertThat(pod.tells).as("it is not told what is no longer so").isEmpty();
    assertThat(pod.hears(MISSING).wants()).as("once").doesNotContain(Work.RESOLVE);
  }

  @Test
  void podThatWaitsForStock_waitsOn() {
    Lives pod =
        Lives.bound().hears(resolved()).hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK));

    assertThat(pod.hears(new PodInput.ReferenceChanged()).wants()).doesNotContain(Work.RESOLVE);
  }
}
