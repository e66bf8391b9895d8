package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.filter.Taints;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** {@code PreferNoSchedule}: the fewer such taints that the pod does not tolerate, the better. */
public final class PreferredTaints implements ZoneScore {
  @Override
  public String name() {
    return "PreferredTaints";
  }

  @Override
  public String words(long cost) {
    return cost == 0 ? "none" : cost + " not tolerated";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return ZoneScore.fixed(sites, site -> Taints.unwelcome(request.shape(), site));
  }
}
