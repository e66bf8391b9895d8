package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code k8s.aliyun.com/eci-schedule-strategy: VSwitchOrdered}: the zone of the first vSwitch of
 * the pod's list is filled before the next, spread or not.
 */
public final class VSwitchOrder implements ZoneScore {
  @Override
  public String name() {
    return "VSwitchOrder";
  }

  @Override
  public Costs open(Request request) {
    var cloud = request.shape().cloud();
    if (!cloud.vswitchesInOrder() || cloud.vswitches().isEmpty()) {
      return _ -> 0;
    }
    Map<String, Integer> ranks = new HashMap<>();
    return slot ->
        ranks.computeIfAbsent(
            slot.site().id(), _ -> rank(cloud.vswitches(), slot.site().vswitches()));
  }

  private static int rank(List<String> wanted, List<String> there) {
    for (int i = 0; i < wanted.size(); i++) {
      if (there.contains(wanted.get(i))) {
        return i;
      }
    }
    return wanted.size();
  }
}
