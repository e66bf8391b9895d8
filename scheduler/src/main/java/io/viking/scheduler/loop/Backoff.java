package io.viking.scheduler.loop;

import java.time.Duration;

/** Pauses that double, from the first to the longest. */
public record Backoff(Duration first, Duration longest) {
  public Backoff {
    if (first.isNegative() || first.isZero()) {
      throw new IllegalArgumentException("first: must be more than 0, is " + first);
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "longest: must be at least first (" + first + "), is " + longest);
    }
  }

  /**
   * @param failures in a row, at least one
   */
  public Duration after(int failures) {
    Duration pause = first;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
