package io.viking.scale;

import java.util.Map;

/**
 * What one process of Viking holds at a quiet moment, after a full collection.
 *
 * @param liveBytes of objects that are still reachable
 * @param threads of the system
 * @param virtualThreads that have begun and not ended
 * @param descriptors open files and sockets
 * @param gauges sizes of caches and queues, by metric and labels
 * @param classes live bytes by class, to tell what has grown
 */
record Footprint(
    long liveBytes,
    long rssBytes,
    int threads,
    int virtualThreads,
    int descriptors,
    Map<String, Double> gauges,
    Map<String, Long> classes) {
  Footprint {
    classes = Map.copyOf(classes);
    gauges = Map.copyOf(gauges);
  }

  @Override
  public String toString() {
    return "%6.1f MiB live, %6.1f MiB RSS, %3d threads, %4d virtual, %3d descriptors"
        .formatted(
            liveBytes / 1024.0 / 1024,
            rssBytes / 1024.0 / 1024,
            threads,
            virtualThreads,
            descriptors);
  }
}
