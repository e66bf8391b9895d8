package io.viking.kube.events;

import java.time.Duration;

/**
 * How much an event recorder may write.
 *
 * @param normalPerSecond normal events, steadily
 * @param normalBurst normal events at once after a quiet time
 * @param normalWaiting normal events that may wait; more are shed
 * @param workers that write warnings at once, and as many for normal events
 * @param seriesFor an event that is repeated within this time is counted up rather than written
 *     anew
 * @param seriesKept of how many events that is remembered
 */
public record EventPolicy(
    int normalPerSecond,
    int normalBurst,
    int normalWaiting,
    int workers,
    Duration seriesFor,
    int seriesKept) {
  /** A storm of ten thousand pods adds a few hundred writes for events, not ten thousand. */
  public static final EventPolicy DEFAULT =
      new EventPolicy(50, 500, 1_000, 2, Duration.ofMinutes(10), 20_000);

  public EventPolicy {
    requirePositive("normalPerSecond", normalPerSecond);
    requirePositive("normalBurst", normalBurst);
    requirePositive("normalWaiting", normalWaiting);
    requirePositive("workers", workers);
    requirePositive("seriesKept", seriesKept);
    if (!seriesFor.isPositive()) {
      throw new IllegalArgumentException("seriesFor must be positive, is " + seriesFor);
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, is " + value);
    }
  }
}
