package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.selector.NodeWishes;
import java.util.HashMap;
import java.util.Map;

/** Preferred node affinity: the more weight, the better. */
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
    Map<String, Integer> weights = new HashMap<>();
    return slot ->
        -weights.computeIfAbsent(slot.site().id(), id -> wishes.weight(id, slot.site().labels()));
  }
}
