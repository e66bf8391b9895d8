package io.viking.bench.storm;

import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a storm.
 *
 * @param up from the first create to the last Running
 * @param toRunning per pod, from its first event in the watch to the one that says Running
 * @param toReady likewise to Ready
 * @param down from the first delete to the last pod gone
 * @param cloudEmpty from the first delete until the cloud had nothing left either; empty if it
 *     cannot be asked
 * @param podWatches that stood at the API server during the storm, ours among them; empty if its
 *     metrics are not shown to us
 * @param lost names of pods that ended, or vanished, unasked
 */
public record StormResult(
    StormSpec spec,
    Passage up,
    Percentiles toRunning,
    Percentiles toReady,
    Passage down,
    Optional<Duration> cloudEmpty,
    Optional<Integer> podWatches,
    List<String> lost) {
  public StormResult {
    lost = List.copyOf(lost);
  }

  /** The time of the deletion that counts: nothing is left, neither here nor in the cloud. */
  public Duration deletion() {
    return cloudEmpty.filter(empty -> empty.compareTo(down.took()) > 0).orElse(down.took());
  }

  /** Pods deleted per second, down to the last instance in the cloud. */
  public double deletedPerSecond() {
    return down.pods() / Math.max(1e-9, deletion().toNanos() / 1e9);
  }
}
