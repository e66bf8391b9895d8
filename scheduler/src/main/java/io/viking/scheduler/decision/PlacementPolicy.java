package io.viking.scheduler.decision;

import io.viking.scheduler.score.Cheapest;
import io.viking.scheduler.score.Concentration;
import io.viking.scheduler.score.Spread;
import io.viking.scheduler.score.ZoneScore;
import java.util.List;
import java.util.Locale;

/** What matters more where a pod may go to several zones. What it asks for itself comes before. */
public enum PlacementPolicy {
  /** A workload is spread evenly over the zones; among equals the cheapest is taken. */
  SPREAD(List.of(new Spread(), new Cheapest())),

  /** The cheapest zone is taken, as long as it holds no more than half of the workload. */
  CHEAPEST(List.of(new Concentration(), new Cheapest(), new Spread()));

  private final List<ZoneScore> scores;

  PlacementPolicy(List<ZoneScore> scores) {
    this.scores = scores;
  }

  /** The first decides, the next where it is equal, and so on. */
  List<ZoneScore> scores() {
    return scores;
  }

  /** As the flag has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
