package io.viking.cloud.client;

import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.Zone;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The whole catalog at one revision, immutable. Iteration is in the adapter's order, which is
 * stable.
 *
 * @param zones by id
 * @param instanceTypes by name
 * @param offers by zone and type
 * @param quotas bounds of the account, by name
 */
public record CatalogSnapshot(
    long revision,
    Map<String, Zone> zones,
    Map<String, InstanceType> instanceTypes,
    Map<OfferKey, Offer> offers,
    Map<String, Quota> quotas) {

  public static final CatalogSnapshot EMPTY =
      new CatalogSnapshot(0, Map.of(), Map.of(), Map.of(), Map.of());

  /** One type in one zone. */
  public record OfferKey(String zone, String instanceType) {}

  public CatalogSnapshot {
    zones = Collections.unmodifiableMap(zones);
    instanceTypes = Collections.unmodifiableMap(instanceTypes);
    offers = Collections.unmodifiableMap(offers);
    quotas = Collections.unmodifiableMap(quotas);
  }

  public static CatalogSnapshot of(GetCatalogResponse catalog) {
    var zones = new LinkedHashMap<String, Zone>();
    var types = new LinkedHashMap<String, InstanceType>();
    var offers = new LinkedHashMap<OfferKey, Offer>();
    var quotas = new LinkedHashMap<String, Quota>();
    catalog.getZonesList().forEach(zone -> zones.put(zone.getId(), zone));
    catalog.getInstanceTypesList().forEach(type -> types.put(type.getName(), type));
    catalog.getOffersList().forEach(offer -> offers.put(keyOf(offer), offer));
    catalog.getQuotasList().forEach(quota -> quotas.put(quota.getName(), quota));
    return new CatalogSnapshot(catalog.getRevision(), zones, types, offers, quotas);
  }

  /** The catalog after some changes. */
  public CatalogSnapshot with(WatchCatalogResponse change) {
    var newZones = new LinkedHashMap<>(zones);
    var newTypes = new LinkedHashMap<>(instanceTypes);
    var newOffers = new LinkedHashMap<>(offers);
    var newQuotas = new LinkedHashMap<>(quotas);
    change.getZonesList().forEach(zone -> newZones.put(zone.getId(), zone));
    change.getInstanceTypesList().forEach(type -> newTypes.put(type.getName(), type));
    change.getOffersList().forEach(offer -> newOffers.put(keyOf(offer), offer));
    change.getQuotasList().forEach(quota -> newQuotas.put(quota.getName(), quota));
    for (String removed : change.getRemovedZonesList()) {
      newZones.remove(removed);
      newOffers.keySet().removeIf(key -> key.zone().equals(removed));
    }
    return new CatalogSnapshot(change.getRevision(), newZones, newTypes, newOffers, newQuotas);
  }

  public Optional<Offer> offer(String zone, String instanceType) {
    return Optional.ofNullable(offers.get(new OfferKey(zone, instanceType)));
  }

  private static OfferKey keyOf(Offer offer) {
    return new OfferKey(offer.getZone(), offer.getInstanceType());
  }
}
