package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.type.TypeLabels;
import java.util.HashMap;
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
  public Costs open(Request request) {
    NodeWishes wishes = request.shape().nodes();
    if (wishes.preferred().isEmpty()) {
      return _ -> 0;
    }
    if (!TypeLabels.preferred(wishes).isEmpty()) {
      return ofTypes(request, wishes);
    }
    Map<String, Integer> weights = new HashMap<>();
    return slot ->
        -weights.computeIfAbsent(slot.site().id(), id -> wishes.weight(id, slot.site().labels()));
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
