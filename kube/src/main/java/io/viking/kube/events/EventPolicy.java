package io.viking.kube.events;

import java.time.Duration;

/**
 * How much an event recorder may write.
 *
 * @param normalRest after a normal event its writer rests so many times as long as the write took:
 *     its share of a busy API server is one part in {@code 1 + normalRest}
 * @param normalWaiting normal events that may wait; more are shed
 * @param workers that write warnings at once, and as many for normal events
 * @param seriesFor an event that is repeated within this time is counted up rather than written
 *     anew
 * @param seriesKept of how many events that is remembered
 */
public record EventPolicy(
    int normalRest, int normalWaiting, int workers, Duration seriesFor, int seriesKept) {
  /**
   * An idle API server answers in 4 ms: fifty normal events a second. One in the midst of a storm
   * answers in 50 ms or more: four a second at most.
   */
  public static final EventPolicy DEFAULT =
      new EventPolicy(9, 1_000, 2, Duration.ofMinutes(10), 20_000);

  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  public EventPolicy {
    requirePositive("normalRest", normalRest);
    requirePositive("normalWaiting", normalWaiting);
    requirePositive("workers", workers);
    requirePositive("seriesKept", seriesKept);
    if (!seriesFor.isPositive()) {
      throw new IllegalArgumentException("seriesFor must be positive, is " + seriesFor);
    }
  }

  /**
   * @param write how long it took; a clock that was set back counts as no time
   */
  Duration restAfter(Duration write) {
    if (write.compareTo(LONGEST_REST.dividedBy(normalRest)) >= 0) {
      return LONGEST_REST;
    }
    return write.isNegative() ? Duration.ZERO : write.multipliedBy(normalRest);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, is " + value);
    }
  }
}
