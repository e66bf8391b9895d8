package io.viking.kube.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventPolicyTest {
  private static final EventPolicy POLICY = EventPolicy.DEFAULT;

  @Test
  void rest_isAMultipleOfTheWrite() {
    assertThat(POLICY.restAfter(Duration.ofMillis(2))).isEqualTo(Duration.ofMillis(18));
    assertThat(POLICY.restAfter(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(900));
    assertThat(POLICY.restAfter(Duration.ZERO)).isZero();
  }

  @Test
  void rest_isBounded() {
    assertThat(POLICY.restAfter(Duration.ofSeconds(15))).isEqualTo(Duration.ofSeconds(5));
    assertThat(POLICY.restAfter(Duration.ofDays(3_650))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void rest_clockWasSetBack_isNone() {
    assertThat(POLICY.restAfter(Duration.ofSeconds(-3))).isZero();
  }
}
