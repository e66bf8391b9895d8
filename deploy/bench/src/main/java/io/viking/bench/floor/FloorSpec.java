package io.viking.bench.floor;

import io.viking.bench.workload.TokenUse;
import java.util.List;

/**
 * What a floor is.
 *
 * @param widths pods that are under way at once; each is run, and the best counts
 * @param podWatches that shall stand at the API server meanwhile, as they did during the storm; 0:
 *     as many as there are
 */
public record FloorSpec(int pods, TokenUse token, List<Integer> widths, int podWatches) {
  public FloorSpec {
    widths = List.copyOf(widths);
    if (pods < 1 || widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "a floor needs at least one pod, and widths of at least one, not %d and %s"
              .formatted(pods, widths));
    }
  }

  /** A smaller one, to warm up with. */
  public FloorSpec warmUp(int number, int width) {
    return new FloorSpec(number, token, List.of(width), podWatches);
  }
}
