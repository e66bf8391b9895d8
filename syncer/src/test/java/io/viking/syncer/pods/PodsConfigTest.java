package io.viking.syncer.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.viking.syncer.pods.lifecycle.Backoff;
import io.viking.syncer.pods.lifecycle.PodTimings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodsConfigTest {
  @Test
  void defaults() {
    assertThat(PodsConfig.DEFAULT)
        .isEqualTo(
            new PodsConfig(
                32,
                4,
                4,
                32,
                64,
                8,
                10,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                PodTimings.DEFAULT));
    assertThat(PodTimings.DEFAULT.endedRetention()).isEqualTo(Duration.ofHours(1));
    assertThat(PodTimings.DEFAULT.orphanGrace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(PodTimings.DEFAULT.pendingQuiet()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void parts_letNoMoreOrphansGo_thanOneWould() {
    assertThat(PodsConfig.DEFAULT.ofPart(1, 1)).isEqualTo(PodsConfig.DEFAULT);
    assertThat(PodsConfig.DEFAULT.ofPart(8, 4).fewOrphans()).isEqualTo(5);
    assertThat(PodsConfig.DEFAULT.ofPart(8, 2).fewOrphans()).isEqualTo(2);
    assertThat(PodsConfig.DEFAULT.ofPart(64, 1).fewOrphans()).isEqualTo(1);
  }

  @Test
  void badValue_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PodsConfig(
                    32,
                    0,
                    4,
                    32,
                    16,
                    8,
                    10,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    PodTimings.DEFAULT))
        .withMessage("createWidth must be at least 1, is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PodsConfig(
                    32,
                    4,
                    4,
                    32,
                    16,
                    8,
                    10,
                    Duration.ofHours(1),
                    Duration.ofMinutes(5),
                    PodTimings.DEFAULT))
        .withMessageContaining("callDeadline");
  }

  @Test
  void backOff_doubles_spreads_andEnds() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    for (int failures = 0; failures < 100; failures++) {
      long plain = failures < 5 ? 1000L << failures : 30_000;
      assertThat(backoff.pause(failures, "uid").toMillis()).isBetween(plain, plain * 5 / 4);
    }
    assertThat(backoff.pause(3, "uid-1")).isNotEqualTo(backoff.pause(3, "uid-2"));
  }
}
