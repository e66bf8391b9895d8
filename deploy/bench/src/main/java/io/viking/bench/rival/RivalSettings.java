package io.viking.bench.rival;

import io.viking.controlplane.Versions;
import java.util.Locale;

/**
 * How kube-scheduler and KWOK are set up. The usual values are chosen with room to spare
 * (docs/performance.md says what); everything that is not named here is theirs.
 *
 * @param nodes that KWOK plays
 * @param podsPerNode that each takes; its CPU and memory are enough for them
 * @param pods that KWOK works on at once; its own default is 4
 * @param callsPerSecond that kube-scheduler allows itself, where its own default is 50; KWOK does
 *     not limit itself
 */
public record RivalSettings(int nodes, int podsPerNode, int pods, int callsPerSecond) {
  private static final int NODES = 12;
  private static final int PODS_PER_NODE = 2_000;
  private static final int PODS_AT_ONCE = 32;
  private static final int CALLS_PER_SECOND = 5_000;

  public RivalSettings {
    if (nodes < 1 || podsPerNode < 1 || pods < 1 || callsPerSecond < 1) {
      throw new IllegalArgumentException(
          "%d nodes of %d pods, %d pods at once, %d calls/s: each must be at least 1"
              .formatted(nodes, podsPerNode, pods, callsPerSecond));
    }
  }

  /** Twelve big nodes that can take twice as many pods; the rest is chosen, not yet measured. */
  public static RivalSettings bestFor(int pods) {
    int share = Math.ceilDiv(2 * pods, NODES);
    return new RivalSettings(NODES, Math.max(PODS_PER_NODE, share), PODS_AT_ONCE, CALLS_PER_SECOND);
  }

  /** The same with KWOK more, or less, parallel. */
  public RivalSettings withPodsAtOnce(int number) {
    return new RivalSettings(nodes, podsPerNode, number, callsPerSecond);
  }

  /** What was set, for a report. */
  public String sentence() {
    Versions versions = Versions.bundled();
    return String.format(
        Locale.ROOT,
        "kube-scheduler %s may make %,d calls/s; KWOK %s plays %d nodes, %d pods at once.",
        versions.kubernetes(),
        callsPerSecond,
        versions.kwok(),
        nodes,
        pods);
  }
}
