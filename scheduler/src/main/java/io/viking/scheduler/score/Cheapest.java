package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The price per second of the type that the pod would get. */
public final class Cheapest implements ZoneScore {
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  @Override
  public String name() {
    return "Cheapest";
  }

  @Override
  public String words(long cost) {
    return cost == Long.MAX_VALUE
        ? "unknown"
        : BigDecimal.valueOf(cost, 9)
                .multiply(SECONDS_PER_HOUR)
                .setScale(4, RoundingMode.HALF_UP)
                .toPlainString()
            + " per hour";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    return Slot::price;
  }
}
