package io.viking.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.scheduler.decision.PlacementPolicy;
import io.viking.scheduler.loop.Backoff;
import io.viking.scheduler.loop.CoreConfig;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {
  private static final Backoff BINDS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
  private static final Backoff RETRIES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private static final Backoff COOL_DOWN =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

  @Test
  void defaults_areTheDocumentedOnes() {
    assertThat(SchedulerConfig.DEFAULTS)
        .isEqualTo(
            new SchedulerConfig(
                PlacementPolicy.SPREAD,
                Set.of("default-scheduler", "viking"),
                32,
                4,
                BINDS,
                RETRIES,
                COOL_DOWN,
                10,
                10));
  }

  @Test
  void core_default_keepsTheLanesFull() {
    assertThat(SchedulerConfig.DEFAULTS.core())
        .isEqualTo(new CoreConfig(64, 8, BINDS, RETRIES, COOL_DOWN, 10, 10));
  }

  @Test
  void with_replacesOneThing() {
    var hybrid =
        SchedulerConfig.DEFAULTS
            .withSchedulerNames(Set.of("viking"))
            .withPolicy(PlacementPolicy.CHEAPEST)
            .withBindWidth(8);
    assertThat(hybrid.policy()).isEqualTo(PlacementPolicy.CHEAPEST);
    assertThat(hybrid.schedulerNames()).containsExactly("viking");
    assertThat(hybrid.bindWidth()).isEqualTo(8);
    assertThat(hybrid.retryBackoff()).isEqualTo(RETRIES);
  }

  @Test
  void new_badValues_areNamed() {
    var defaults = SchedulerConfig.DEFAULTS;
    assertThatThrownBy(() -> defaults.withSchedulerNames(Set.of()))
        .hasMessage("schedulerNames: is empty; name at least one");
    assertThatThrownBy(() -> defaults.withBindWidth(0))
        .hasMessage("bindWidth: must be at least 1, is 0");
  }
}
