package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
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
  public Costs open(Request request) {
    Set<String> troubled = request.volumes().troubled();
    return troubled.isEmpty() ? _ -> 0 : slot -> troubled.contains(slot.site().id()) ? 1 : 0;
  }
}
