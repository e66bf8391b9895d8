package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/**
 * Zones that are being tried again after a failure come last, for pods that may not go on to
 * another. The others are told by their probe, and it goes on.
 */
public final class RecentTrouble implements ZoneScore {
  @Override
  public String name() {
    return "RecentTrouble";
  }

  @Override
  public String words(long cost) {
    return cost == 0 ? "none" : "failed a pod";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return slot -> slot.isHot() ? 1 : 0;
  }
}
