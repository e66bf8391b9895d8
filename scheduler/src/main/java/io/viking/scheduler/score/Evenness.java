package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/**
 * The zone with the fewest pods of all workloads is the best: zones of equal price are filled
 * evenly, by a thousand Deployments of one pod too.
 */
public final class Evenness implements ZoneScore {
  @Override
  public String name() {
    return "Evenness";
  }

  @Override
  public String words(long cost) {
    return cost + " of all workloads";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return Slot::residents;
  }
}
