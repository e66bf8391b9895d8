package io.viking.bench.measure;

import java.time.Duration;

/**
 * Many pods brought from one state to another, as a client saw it over a watch.
 *
 * @param took from the first call of the client to the last pod
 * @param curve pods that had arrived, over time
 */
public record Passage(int pods, Duration took, Curve curve, Cost cost) {
  public double podsPerSecond() {
    return pods / Math.max(1e-9, took.toNanos() / 1e9);
  }
}
