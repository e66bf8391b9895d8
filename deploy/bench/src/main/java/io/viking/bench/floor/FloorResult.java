package io.viking.bench.floor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a floor.
 *
 * @param podWatches that stood at the API server, ours among them; empty if its metrics are not
 *     shown to us
 * @param addedWatches how many of them the floor had opened to make up the number
 * @param notPaused why somebody's loops ran meanwhile; empty: they held still
 */
public record FloorResult(
    FloorSpec spec,
    List<FloorRun> runs,
    Optional<Integer> podWatches,
    int addedWatches,
    Optional<String> notPaused) {
  public FloorResult {
    runs = List.copyOf(runs);
  }

  /** The runs of both, as if this one had gone on. */
  public FloorResult and(FloorResult later) {
    return new FloorResult(
        spec,
        Stream.concat(runs.stream(), later.runs.stream()).toList(),
        podWatches,
        addedWatches,
        notPaused.or(later::notPaused));
  }

  /** The run that brought pods to Running fastest. */
  public FloorRun bestUp() {
    return best(Comparator.comparingDouble(run -> run.up().podsPerSecond()));
  }

  /** The run that deleted them fastest. */
  public FloorRun bestDown() {
    return best(Comparator.comparingDouble(run -> run.down().podsPerSecond()));
  }

  private FloorRun best(Comparator<FloorRun> by) {
    return runs.stream().max(by).orElseThrow();
  }

  /** Pods per second to Running, by the mean of the runs at the width where that is largest. */
  public double meanUp() {
    return mean(run -> run.up().podsPerSecond());
  }

  /** Likewise deleted. */
  public double meanDown() {
    return mean(run -> run.down().podsPerSecond());
  }

  private double mean(ToDoubleFunction<FloorRun> rate) {
    return runs.stream()
        .collect(Collectors.groupingBy(FloorRun::width, Collectors.averagingDouble(rate)))
        .values()
        .stream()
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
