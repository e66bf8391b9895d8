package io.viking.kube.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventPolicyTest {
  private static final EventPolicy POLICY = EventPolicy.DEFAULT;
  private static final int FEW = POLICY.crowd() - 1;
  private static final Duration NOW = Duration.ZERO;

  @Test
  void rest_isAMultipleOfTheWrite() {
    assertThat(POLICY.restAfter(Duration.ofMillis(2), FEW, NOW)).isEqualTo(Duration.ofMillis(18));
    assertThat(POLICY.restAfter(Duration.ofMillis(100), FEW, NOW))
        .isEqualTo(Duration.ofMillis(900));
    assertThat(POLICY.restAfter(Duration.ZERO, FEW, NOW)).isZero();
  }

  @Test
  void rest_whileManyWait_isLongerThanAFastWriteWantsIt() {
    Duration storm = EventPolicy.STORM_REST;
    assertThat(POLICY.restAfter(Duration.ofMillis(2), POLICY.crowd(), NOW)).isEqualTo(storm);
    assertThat(POLICY.restAfter(Duration.ofMillis(200), POLICY.crowd(), NOW))
        .as("a slow API server is spared more")
        .isEqualTo(Duration.ofMillis(1800));
  }

  @Test
  void rest_whenNoMoreCome_isShortAgain_howeverManyWait() {
    assertThat(POLICY.restAfter(Duration.ofMillis(2), POLICY.normalWaiting(), EventPolicy.CALM))
        .isEqualTo(Duration.ofMillis(18));
  }

  @Test
  void rest_isBounded() {
    assertThat(POLICY.restAfter(Duration.ofSeconds(15), FEW, NOW)).isEqualTo(Duration.ofSeconds(5));
    assertThat(POLICY.restAfter(Duration.ofDays(3_650), FEW, NOW)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void rest_clockWasSetBack_isNone() {
    assertThat(POLICY.restAfter(Duration.ofSeconds(-3), FEW, NOW)).isZero();
  }
}
