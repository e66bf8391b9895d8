package io.viking.bench.measure;

import java.time.Duration;
import java.util.List;

/**
 * How long something took over many: of p50, half took at most so long. A value that occurred, not
 * one between two (nearest rank).
 */
public record Percentiles(Duration p50, Duration p90, Duration p99, Duration max) {
  public static final Percentiles NONE =
      new Percentiles(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** In any order; none at all gives zeroes. */
  public static Percentiles ofNanos(List<Long> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    List<Long> sorted = values.stream().sorted().toList();
    return new Percentiles(
        rank(sorted, 50), rank(sorted, 90), rank(sorted, 99), Duration.ofNanos(sorted.getLast()));
  }

  private static Duration rank(List<Long> sorted, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return Duration.ofNanos(sorted.get(Math.max(1, rank) - 1));
  }
}
