package io.viking.scheduler.filter;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.zone.CoolDowns;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.Optional;
import java.util.Set;

/**
 * One of the types is left in the zone: placements taken off, and what the cloud refused not long
 * ago. Unknown stock counts as enough. Where all are too dear {@link SpotPrice} speaks.
 */
public final class Stock implements ZoneFilter {
  @Override
  public String name() {
    return "Stock";
  }

  @Override
  public Verdict check(Request request, Site site) {
    return SpotPrice.isTooDear(request, site)
            || request.types().stream()
                .anyMatch(
                    type ->
                        site.shelf().left(type.getName(), request.bid()) > 0
                            && !request.isBarred(site, type))
        ? Verdict.PASS
        : none(request, site);
  }

  /** Without times: they would rewrite the condition of each pod that waits. */
  public static Verdict.Reject none(Request request, Site site) {
    Set<Cure> cures = Sold.stock(request, site);
    if (request.bid().isPresent()) {
      cures.addAll(SpotPrice.cures(request, site));
    }
    for (InstanceType type : request.types()) {
      Optional<CoolDowns.Cause> cause = site.shelf().coolDown(type.getName(), request.bid());
      if (cause.isPresent()) {
        return new Verdict.Reject(coolDown(cause.get(), type.getName()), cures);
      }
    }
    return new Verdict.Reject("out of stock for " + request.typeNames(), cures);
  }

  private static String coolDown(CoolDowns.Cause cause, String type) {
    return switch (cause) {
      case STOCK, ADDRESSES -> "cooling down after the cloud had no stock of " + type;
      case BID -> "cooling down after the cloud had no " + type + " as spot for the pod's bid";
    };
  }
}
