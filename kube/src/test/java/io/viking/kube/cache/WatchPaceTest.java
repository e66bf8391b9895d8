package io.viking.kube.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.kube.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchPaceTest {
  private static final Instant T = HandClock.START;
  private static final Duration STEP = Duration.ofMillis(100);

  private final WatchPace pace = new WatchPace(WatchTiming.DEFAULT, new Random(1));

  @Test
  void endedInOrder_afterItToldSomething_noPause() {
    pace.begins(T);
    pace.tells();
    assertThat(pace.pauseAfter(false, T.plusMillis(3))).isZero();
  }

  @Test
  void endedInOrder_withoutAWord_backsOff() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 6; i++) {
      pace.begins(T);
      longest = pace.pauseAfter(false, T.plusMillis(3));
    }
    assertThat(longest).isGreaterThan(STEP.multipliedBy(10));
  }

  @Test
  void failed_afterItToldSomething_beginsWithTheShortestPause() {
    for (int i = 0; i < 6; i++) {
      pace.begins(T);
      pace.pauseAfter(true, T);
    }
    pace.begins(T);
    pace.tells();
    assertThat(pace.pauseAfter(true, T)).isBetween(STEP.dividedBy(2), STEP);
  }

  @Test
  void stoodForLong_beginsWithTheShortestPause() {
    for (int i = 0; i < 6; i++) {
      pace.begins(T);
      pace.pauseAfter(true, T);
    }
    pace.begins(T);
    Instant ended = T.plus(WatchTiming.DEFAULT.healthyAfter());
    assertThat(pace.stoodWell(ended)).isTrue();
    assertThat(pace.pauseAfter(true, ended)).isBetween(STEP.dividedBy(2), STEP);
  }
}
