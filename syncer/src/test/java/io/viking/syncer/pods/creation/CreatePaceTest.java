package io.viking.syncer.pods.creation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreatePaceTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final CreatePace pace = new CreatePace(Duration.ofSeconds(1));

  @Test
  void unthrottled_isNotBounded() {
    pace.taken(100);
    assertThat(pace.allowance(NOW)).isEqualTo(Integer.MAX_VALUE);
    assertThat(pace.opensAt(NOW)).isEmpty();
  }

  @Test
  void throttled_closesForAsLongAsAsked_thenLetsOneMoreThrough() {
    pace.throttled(4, Optional.of(Duration.ofMillis(50)), NOW);
    assertThat(pace.allowance(NOW)).isZero();
    assertThat(pace.opensAt(NOW)).contains(NOW.plusMillis(50));
    assertThat(pace.allowance(NOW.plusMillis(50))).isEqualTo(5);
  }

  @Test
  void unsaidPause_isTheDefault_andAShorterOneDoesNotOpenEarlier() {
    pace.throttled(0, Optional.empty(), NOW);
    pace.throttled(0, Optional.of(Duration.ofMillis(1)), NOW);
    assertThat(pace.allowance(NOW.plusMillis(999))).isZero();
    assertThat(pace.allowance(NOW.plusMillis(1000))).isEqualTo(1);
  }

  @Test
  void callsTakenWhole_doubleWhatTheNextMayCarry() {
    pace.throttled(3, Optional.of(Duration.ZERO), NOW);
    pace.taken(2);
    assertThat(pace.allowance(NOW)).as("it had room left").isEqualTo(4);
    pace.taken(4);
    assertThat(pace.allowance(NOW)).isEqualTo(8);
    for (int i = 0; i < 40; i++) {
      pace.taken(Integer.MAX_VALUE);
    }
    assertThat(pace.allowance(NOW)).isEqualTo(Integer.MAX_VALUE);
  }
}
