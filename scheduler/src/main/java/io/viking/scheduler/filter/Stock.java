package io.viking.scheduler.filter;

import io.viking.scheduler.zone.Site;

/** One of the types is left in the zone, placements taken off; unknown stock counts as enough. */
public final class Stock implements ZoneFilter {
  @Override
  public String name() {
    return "Stock";
  }

  @Override
  public Verdict check(Request request, Site site) {
    return request.types().stream()
            .anyMatch(
                type -> site.shelf().left(type.getName()) > 0 && !request.isBarred(site, type))
        ? Verdict.PASS
        : none(request, site);
  }

  public static Verdict.Reject none(Request request, Site site) {
    return new Verdict.Reject("out of stock for " + request.typeNames(), Sold.stock(request, site));
  }
}
