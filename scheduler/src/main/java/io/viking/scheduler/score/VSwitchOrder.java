package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;

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
  public String words(long cost) {
    return "place " + (cost + 1);
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    var cloud = request.shape().cloud();
    if (!cloud.vswitchesInOrder() || cloud.vswitches().isEmpty()) {
      return Costs.NONE;
    }
    return ZoneScore.fixed(sites, site -> rank(cloud.vswitches(), site.vswitches()));
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
