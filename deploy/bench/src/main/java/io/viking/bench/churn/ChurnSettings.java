package io.viking.bench.churn;

import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;
import java.time.Duration;

/**
 * What is measured.
 *
 * @param present pods that stand still meanwhile
 * @param perSecond pods that are created each second, and as many are deleted
 * @param warmUp how long pods come and go before one counts
 * @param measured how long those are created that count
 */
public record ChurnSettings(
    int present,
    int perSecond,
    Duration warmUp,
    Duration measured,
    TokenUse token,
    PodPlacement placement) {
  /** How long a pod stays before it is deleted. */
  static final Duration STAYS = Duration.ofSeconds(5);

  public ChurnSettings {
    check(present >= 0, "present: must be 0 or more, is ", present);
    check(perSecond >= 1 && perSecond <= 1_000, "rate: must be 1 to 1000 a second, is ", perSecond);
    check(
        !warmUp.isNegative(), "warm-up: must be 0 seconds or more, is ", (int) warmUp.toSeconds());
    check(measured.isPositive(), "seconds: must be 1 or more, is ", (int) measured.toSeconds());
  }

  /** How many are created before one counts. */
  int uncounted() {
    return (int) (warmUp.toSeconds() * perSecond);
  }

  /** How many are created that count. */
  int counted() {
    return (int) (measured.toSeconds() * perSecond);
  }

  /** When the i-th is due, from the first. */
  Duration due(int index) {
    return Duration.ofNanos(1_000_000_000L * index / perSecond);
  }

  private static void check(boolean holds, String what, int value) {
    if (!holds) {
      throw new IllegalArgumentException(what + value + ".");
    }
  }
}
