package io.viking.kube.cache;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long and how often a cache watches.
 *
 * @param shortestPause after a failure; doubles with each that follows
 * @param longestPause where the doubling ends
 * @param healthyAfter a watch that stood this long forgets the failures before it
 * @param lifetime the server is asked to end a watch between this and twice this time, so that
 *     watches spread again over API servers and do not all end at once
 */
record WatchTiming(
    Duration shortestPause, Duration longestPause, Duration healthyAfter, Duration lifetime) {
  static final WatchTiming DEFAULT =
      new WatchTiming(
          Duration.ofMillis(100),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));

  Backoff backoff(RandomGenerator random) {
    return new Backoff(shortestPause, longestPause, random);
  }

  Duration nextLifetime(RandomGenerator random) {
    return lifetime.plusSeconds(random.nextLong(lifetime.toSeconds() + 1));
  }
}
