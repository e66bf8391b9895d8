package io.viking.bench.workload;

import java.util.ArrayList;
import java.util.List;

/** How many pods each controller object of a storm gets. */
public final class Split {
  private Split() {}

  /**
   * As evenly as it goes, in as few parts as the limit allows; their sum is {@code pods}.
   *
   * @param most pods in one part
   */
  public static List<Integer> evenly(int pods, int most) {
    if (pods < 1 || most < 1) {
      throw new IllegalArgumentException("cannot split %d pods by %d".formatted(pods, most));
    }
    int parts = (pods + most - 1) / most;
    var sizes = new ArrayList<Integer>();
    for (int i = 0; i < parts; i++) {
      sizes.add(pods / parts + (i < pods % parts ? 1 : 0));
    }
    return List.copyOf(sizes);
  }
}
