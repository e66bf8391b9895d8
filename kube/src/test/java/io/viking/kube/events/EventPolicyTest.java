package io.viking.kube.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventPolicyTest {
  private static final EventPolicy POLICY = EventPolicy.DEFAULT;
  private static final int FEW = POLICY.crowd() - 1;

  @Test
  void rest_isAMultipleOfTheWrite() {
    assertThat(POLICY.restAfter(Duration.ofMillis(2), FEW)).isEqualTo(Duration.ofMillis(18));
    assertThat(POLICY.restAfter(Duration.ofMillis(100), FEW)).isEqualTo(Duration.ofMillis(900));
    assertThat(POLICY.restAfter(Duration.ZERO, FEW)).isZero();
  }

  @Test
  void rest_whileManyWait_isLongerThanAFastWriteWantsIt() {
    Duration storm = EventPolicy.STORM_REST;
    assertThat(POLICY.restAfter(Duration.ofMillis(2), POLICY.crowd())).isEqualTo(storm);
    assertThat(POLICY.restAfter(Duration.ofMillis(100), POLICY.crowd()))
        .as("a slow API server is spared more")
        .isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void rest_isBounded() {
    assertThat(POLICY.restAfter(Duration.ofSeconds(15), FEW)).isEqualTo(Duration.ofSeconds(5));
    assertThat(POLICY.restAfter(Duration.ofDays(3_650), FEW)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void rest_clockWasSetBack_isNone() {
    assertThat(POLICY.restAfter(Duration.ofSeconds(-3), FEW)).isZero();
  }
}
