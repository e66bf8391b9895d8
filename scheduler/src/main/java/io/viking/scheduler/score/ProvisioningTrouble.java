package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Set;

/**
 * Zones in which the pod's volumes could not be made come last, before all that it prefers: it
 * would otherwise go there again and again.
 */
public final class ProvisioningTrouble implements ZoneScore {
  @Override
  public String name() {
    return "ProvisioningTrouble";
  }

  @Override
  public String words(long cost) {
    return cost == 0 ? "none" : "no volume here lately";
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    Set<String> troubled = request.volumes().troubled();
    return troubled.isEmpty() ? Costs.NONE : slot -> troubled.contains(slot.site().id()) ? 1 : 0;
  }
}
