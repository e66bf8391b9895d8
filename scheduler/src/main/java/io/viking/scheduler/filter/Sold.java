package io.viking.scheduler.filter;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The zone offers at least one of the types in the way that the pod buys, in stock or not. */
public final class Sold implements ZoneFilter {
  @Override
  public String name() {
    return "Sold";
  }

  @Override
  public Verdict check(Request request, Site site) {
    List<InstanceType> sold =
        request.types().stream().filter(type -> request.canBuy(site, type)).toList();
    if (sold.isEmpty()) {
      return new Verdict.Reject("not selling " + request.typeNames(), stock(request, site));
    }
    boolean onDemand = request.bid().isEmpty() || request.bid().get().fallback();
    return onDemand
            || sold.stream().anyMatch(type -> site.shelf().spotPrice(type.getName()).isPresent())
        ? Verdict.PASS
        : new Verdict.Reject(
            "not selling %s as spot".formatted(request.typeNames()),
            SpotPrice.cures(request, site));
  }

  static Set<Cure> stock(Request request, Site site) {
    var cures = new HashSet<Cure>();
    for (InstanceType type : request.types()) {
      cures.add(new Cure.Stock(site.id(), type.getName()));
    }
    return cures;
  }
}
