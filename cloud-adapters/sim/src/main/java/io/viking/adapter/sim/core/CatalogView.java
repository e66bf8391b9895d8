package io.viking.adapter.sim.core;

import com.google.protobuf.MessageLite;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.Zone;
import java.util.List;
import java.util.stream.Stream;

/** The catalog, or the part of it that changed. */
public record CatalogView(
    List<Zone> zones, List<InstanceType> types, List<Offer> offers, List<Quota> quotas) {
  /** All of them. */
  public List<MessageLite> items() {
    return Stream.of(zones, types, offers, quotas).<MessageLite>flatMap(List::stream).toList();
  }

  CatalogView withQuotas(List<Quota> those) {
    return new CatalogView(zones, types, offers, those);
  }
}
