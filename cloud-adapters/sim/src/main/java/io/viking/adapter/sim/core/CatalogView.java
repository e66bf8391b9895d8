package io.viking.adapter.sim.core;

import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.Zone;
import java.util.List;

/** The catalog, or the part of it that changed. */
public record CatalogView(
    List<Zone> zones, List<InstanceType> types, List<Offer> offers, List<Quota> quotas) {
  public boolean isEmpty() {
    return zones.isEmpty() && types.isEmpty() && offers.isEmpty() && quotas.isEmpty();
  }

  CatalogView withQuotas(List<Quota> those) {
    return new CatalogView(zones, types, offers, those);
  }
}
