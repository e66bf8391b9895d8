package io.viking.bench;

import io.viking.bench.floor.FloorSpec;
import io.viking.bench.storm.StormSpec;
import io.viking.bench.workload.Mode;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;
import java.util.List;

/**
 * What {@code viking bench storm} and {@code compare} measure.
 *
 * @param tokens one round each
 * @param widths of the floor
 * @param warmUp pods that storm and floor begin with, unmeasured; 0: none
 * @param times that storms and floor are measured, in turn
 * @param keepGoing whether the next round follows one that failed
 */
public record StormSettings(
    int pods,
    Mode mode,
    List<TokenUse> tokens,
    List<Integer> widths,
    int warmUp,
    int times,
    boolean keepGoing) {
  public StormSettings {
    tokens = List.copyOf(tokens);
    widths = List.copyOf(widths);
    if (pods < 1) {
      throw new IllegalArgumentException("pods: must be at least 1, is " + pods);
    }
    if (warmUp < 0) {
      throw new IllegalArgumentException("warmUp: must not be negative, is " + warmUp);
    }
    if (times < 1) {
      throw new IllegalArgumentException("times: must be at least 1, is " + times);
    }
  }

  /** Viking takes pods that name it on every cluster, also where kube-scheduler runs. */
  StormSpec storm(TokenUse token) {
    return StormSpec.of("viking", pods, mode, token, PodPlacement.by("viking"));
  }

  FloorSpec floor(TokenUse token, int podWatches) {
    return new FloorSpec(pods, token, widths, podWatches);
  }
}
