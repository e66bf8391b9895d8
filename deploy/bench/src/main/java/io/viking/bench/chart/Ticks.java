package io.viking.bench.chart;

import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis, from 0. */
final class Ticks {
  private static final int[] STEPS = {1, 2, 5, 10};

  private Ticks() {}

  /**
   * At most {@code most} steps; the last tick is {@code max} or the first round number above it.
   *
   * @param max above 0
   */
  static List<Double> upTo(double max, int most) {
    double step = step(max, most);
    var ticks = new ArrayList<Double>();
    for (int i = 0; ; i++) {
      ticks.add(i * step);
      if (i * step >= max * (1 - 1e-9)) {
        return List.copyOf(ticks);
      }
    }
  }

  private static double step(double max, int most) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(max / most)));
    for (int factor : STEPS) {
      if (max / (factor * magnitude) <= most * (1 + 1e-9)) {
        return factor * magnitude;
      }
    }
    return 10 * magnitude;
  }
}
