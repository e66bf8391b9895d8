package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** The price per second of the type that the pod would get. */
public final class Cheapest implements ZoneScore {
  @Override
  public String name() {
    return "Cheapest";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return Slot::price;
  }
}
