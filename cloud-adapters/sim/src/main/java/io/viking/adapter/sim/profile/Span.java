package io.viking.adapter.sim.profile;

import java.util.random.RandomGenerator;

/**
 * A duration that differs from time to time, evenly between two bounds.
 *
 * @param minMillis at least
 * @param maxMillis at most, not below minMillis
 */
public record Span(long minMillis, long maxMillis) {
  public static final Span NONE = new Span(0, 0);

  public long draw(RandomGenerator random) {
    return minMillis == maxMillis ? minMillis : random.nextLong(minMillis, maxMillis + 1);
  }

  static Span read(YamlMap map) {
    long min = map.millis("min", 0, 86_400);
    long max = map.millis("max", 0, 86_400);
    if (max < min) {
      throw map.wrong("max", "give at least min");
    }
    return new Span(min, max);
  }
}
