package io.viking.bench.report;

import io.viking.bench.floor.FloorResult;
import io.viking.bench.storm.StormResult;
import io.viking.bench.workload.TokenUse;
import java.util.List;

/** The same storm on one subject or several, next to its floor. */
public record Round(TokenUse token, List<StormResult> storms, FloorResult floor) {
  public Round {
    storms = List.copyOf(storms);
  }

  /** Pods per second of the storm by those of the floor, up to Running. */
  public double ratioUp(StormResult storm) {
    return storm.up().podsPerSecond() / floor.bestUp().up().podsPerSecond();
  }

  /** Likewise of the deletion. */
  public double ratioDown(StormResult storm) {
    return storm.deletedPerSecond() / floor.bestDown().down().podsPerSecond();
  }
}
