package io.viking.kube.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long each item waits after a failure: doubles with each, until it is forgotten. Not
 * thread-safe.
 */
final class ItemBackoff<K> {
  private static final int MOST_DOUBLINGS = 40;

  private final Duration shortest;
  private final Duration longest;
  private final Map<K, Integer> failures = new HashMap<>();

  ItemBackoff(Duration shortest, Duration longest) {
    if (!shortest.isPositive() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "back-off must grow from a positive pause, is %s to %s".formatted(shortest, longest));
    }
    this.shortest = shortest;
    this.longest = longest;
  }

  Duration next(K item) {
    int before = failures.merge(item, 1, Integer::sum) - 1;
    if (before >= MOST_DOUBLINGS) {
      return longest;
    }
    double millis = shortest.toMillis() * Math.pow(2, before);
    return millis >= longest.toMillis() ? longest : shortest.multipliedBy(1L << before);
  }

  void forget(K item) {
    failures.remove(item);
  }

  int failures(K item) {
    return failures.getOrDefault(item, 0);
  }
}
