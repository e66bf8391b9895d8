package io.viking.kube.events;

import java.time.Duration;

/**
 * How much an event recorder may write.
 *
 * @param normalRest after a normal event its writer rests so many times as long as the write took:
 *     its share of a busy API server is one part in {@code 1 + normalRest}
 * @param normalWaiting normal events that may wait; more are shed
 * @param crowd so many normal events that wait are of a storm: until it is over, which is when none
 *     was told for {@link #CALM}, their writers rest {@link #STORM_REST} each, however fast the API
 *     server is, since each of their writes is a pod's that waits
 * @param workers that write warnings at once, and as many for normal events
 * @param seriesFor an event that is repeated within this time is counted up rather than written
 *     anew
 * @param seriesKept of how many events that is remembered
 */
public record EventPolicy(
    int normalRest, int normalWaiting, int crowd, int workers, Duration seriesFor, int seriesKept) {
  /**
   * An idle API server answers in 4 ms: fifty normal events a second. In the midst of a storm there
   * are two a second at most. What waits then is written within some ten seconds after it, or what
   * is told of the next pod would stand in line for long.
   */
  public static final EventPolicy DEFAULT =
      new EventPolicy(9, 500, 50, 2, Duration.ofMinutes(10), 20_000);

  static final Duration CALM = Duration.ofMillis(500);

  /** Two writers: two events a second. */
  static final Duration STORM_REST = Duration.ofSeconds(1);

  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  public EventPolicy {
    requirePositive("normalRest", normalRest);
    requirePositive("normalWaiting", normalWaiting);
    requirePositive("crowd", crowd);
    requirePositive("workers", workers);
    requirePositive("seriesKept", seriesKept);
    if (!seriesFor.isPositive()) {
      throw new IllegalArgumentException("seriesFor must be positive, is " + seriesFor);
    }
  }

  /**
   * @param write how long it took; a clock that was set back counts as no time
   * @param waiting normal events that wait now
   * @param quiet since the last one was told
   */
  Duration restAfter(Duration write, int waiting, Duration quiet) {
    Duration rest = restAfter(write);
    boolean isStorm = waiting >= crowd && quiet.compareTo(CALM) < 0;
    return isStorm && rest.compareTo(STORM_REST) < 0 ? STORM_REST : rest;
  }

  private Duration restAfter(Duration write) {
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
