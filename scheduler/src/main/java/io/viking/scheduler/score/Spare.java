package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Shelf;
import io.viking.scheduler.zone.Site;
import java.util.List;

/** The more is left in a zone, of stock and of addresses, the better. */
public final class Spare implements ZoneScore {
  @Override
  public String name() {
    return "Spare";
  }

  @Override
  public String words(long cost) {
    return cost == -Shelf.UNBOUNDED ? "no bound" : -cost + " left";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return slot -> -slot.spare();
  }
}
