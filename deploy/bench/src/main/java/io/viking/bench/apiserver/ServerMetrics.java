package io.viking.bench.apiserver;

import java.util.Map;

/**
 * The API server's metrics at one moment, as far as they are used.
 *
 * @param watches how many stand, by resource
 */
public record ServerMetrics(CallCounts calls, Map<String, Integer> watches) {
  public ServerMetrics {
    watches = Map.copyOf(watches);
  }

  public int podWatches() {
    return watches.getOrDefault("pods", 0);
  }
}
