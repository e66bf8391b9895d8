package io.viking.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** How many had come so far, over time; both grow. */
public record Curve(List<Point> points) {
  private static final int MOST_POINTS = 240;

  public Curve {
    points = List.copyOf(points);
  }

  /**
   * @param seconds since the beginning
   */
  public record Point(double seconds, int count) {}

  /**
   * From the times at which each came. Of many, a part is kept: the first, the last, and what lies
   * evenly between them.
   *
   * @param begun on the same clock, in nanoseconds
   */
  public static Curve of(List<Long> times, long begun) {
    List<Long> sorted = times.stream().sorted().toList();
    var points = new ArrayList<Point>();
    points.add(new Point(0, 0));
    double step = Math.max(1, sorted.size() / (double) MOST_POINTS);
    for (double i = 0; i < sorted.size() - 1; i += step) {
      points.add(point(sorted, (int) i, begun));
    }
    if (!sorted.isEmpty()) {
      points.add(point(sorted, sorted.size() - 1, begun));
    }
    return new Curve(points);
  }

  private static Point point(List<Long> sorted, int index, long begun) {
    return new Point((sorted.get(index) - begun) / 1e9, index + 1);
  }
}
