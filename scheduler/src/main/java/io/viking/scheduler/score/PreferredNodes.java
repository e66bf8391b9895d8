package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.type.TypeLabels;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Preferred node affinity, of the zone and of the type that it has: the more weight, the better.
 */
public final class PreferredNodes implements ZoneScore {
  @Override
  public String name() {
    return "PreferredNodes";
  }

  @Override
  public String words(long cost) {
    return "weight " + -cost;
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    NodeWishes wishes = request.shape().nodes();
    if (wishes.preferred().isEmpty()) {
      return Costs.NONE;
    }
    return TypeLabels.preferred(wishes).isEmpty()
        ? ZoneScore.fixed(sites, site -> -wishes.weight(site.id(), site.labels()))
        : ofTypes(request, wishes);
  }

  private static Costs ofTypes(Request request, NodeWishes wishes) {
    Map<String, Map<Integer, Integer>> weights = new HashMap<>();
    return slot ->
        -weights
            .computeIfAbsent(slot.site().id(), _ -> new HashMap<>())
            .computeIfAbsent(
                slot.place(),
                place ->
                    wishes.weight(
                        slot.site().id(), TypeLabels.of(slot.site(), request.types().get(place))));
  }
}
