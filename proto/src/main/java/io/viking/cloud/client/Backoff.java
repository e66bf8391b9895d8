package io.viking.cloud.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from a shortest to a longest, each spread by half so that many do not meet.
 */
final class Backoff {
  private final Duration shortest;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration shortest, Duration longest, RandomGenerator random) {
    this.shortest = shortest;
    this.longest = longest;
    this.random = random;
    this.next = shortest;
  }

  /** The pause to make now: between half and all of the present step. */
  Duration next() {
    Duration step = next;
    Duration doubled = step.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    long half = step.toNanos() / 2;
    return Duration.ofNanos(half + random.nextLong(half + 1));
  }

  void reset() {
    next = shortest;
  }
}
