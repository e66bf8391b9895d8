package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/**
 * A zone that would hold more than half of a workload comes last, so that price alone never puts a
 * workload into one zone. Half is rounded up: of three pods two may be together. Where only one
 * zone is left it takes all: a pod that runs is worth more than one that is safe.
 */
public final class Concentration implements ZoneScore {
  @Override
  public String name() {
    return "Concentration";
  }

  @Override
  public String words(long cost) {
    return cost == 0 ? "at most half" : "more than half";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return slot -> slot.pods() + 1 <= half(slot.workloadPods() + 1) ? 0 : 1;
  }

  private static int half(int pods) {
    return (pods + 1) / 2;
  }
}
