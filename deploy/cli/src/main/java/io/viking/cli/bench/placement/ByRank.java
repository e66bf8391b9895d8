package io.viking.cli.bench.placement;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.score.ZoneScore;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** Takes the zones in the order of a list, whatever they are. */
record ByRank(List<String> zones) implements ZoneScore {
  @Override
  public String name() {
    return "ByRank";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return slot -> zones.indexOf(slot.site().id());
  }
}
