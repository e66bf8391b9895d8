package io.viking.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.pod.PodRef;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnschedulablePatchTest {
  private static final PodRef POD = new PodRef("shop", "web", "uid-1");

  @Test
  void of_firstTime_hasTheTransition() {
    var report =
        new SchedulerEffect.Report(
            POD, "7", "no \"room\"", 3, Optional.of(Instant.parse("2026-01-01T00:00:00.123456Z")));
    assertThat(UnschedulablePatch.of(report))
        .isEqualTo(
            "{\"metadata\":{\"uid\":\"uid-1\",\"resourceVersion\":\"7\"},\"status\":{\"conditions\":[{\"type\":\"PodScheduled\","
                + "\"status\":\"False\",\"reason\":\"Unschedulable\",\"message\":\"no \\\"room\\\"\","
                + "\"observedGeneration\":3,\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}");
  }

  @Test
  void of_conditionThere_leavesItsTransitionAlone() {
    var report = new SchedulerEffect.Report(POD, "7", "full", 0, Optional.empty());
    assertThat(UnschedulablePatch.of(report))
        .doesNotContain("lastTransitionTime")
        .doesNotContain("observedGeneration");
  }
}
