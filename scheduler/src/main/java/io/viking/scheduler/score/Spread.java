package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** The zone with the fewest pods of the workload is the best: losing a zone must not lose it. */
public final class Spread implements ZoneScore {
  @Override
  public String name() {
    return "Spread";
  }

  @Override
  public String words(long cost) {
    return cost + " of its workload";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return Slot::pods;
  }
}
