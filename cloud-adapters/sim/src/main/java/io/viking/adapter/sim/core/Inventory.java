package io.viking.adapter.sim.core;

import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.profile.TypeProfile;
import io.viking.adapter.sim.profile.ZoneProfile;
import io.viking.adapter.sim.state.OfferState;
import io.viking.adapter.sim.state.ZoneState;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Zones and offers as they are now, and which of them changed since somebody asked. */
final class Inventory {
  final Map<String, SimZone> zones = new LinkedHashMap<>();

  private final SimProfile profile;
  private final Set<SimZone> changedZones = new LinkedHashSet<>();
  private final Set<Offer> changedOffers = new LinkedHashSet<>();

  Inventory(SimProfile profile) {
    this.profile = profile;
    for (ZoneProfile zoneProfile : profile.zones()) {
      SimZone zone = new SimZone(zoneProfile, profile.images().cachePerZone());
      for (TypeProfile type : profile.types()) {
        long limit = zoneProfile.stock().getOrDefault(type.name(), zoneProfile.defaultStock());
        zone.offers.put(
            type.name(), new Offer(zoneProfile.id(), type, limit, profile.spot().initialPpm()));
      }
      zones.put(zoneProfile.id(), zone);
    }
  }

  Optional<SimZone> zone(String id) {
    return Optional.ofNullable(zones.get(id));
  }

  /** All offers of a zone, or the one of that type. */
  List<Offer> offers(String zone, String type) {
    return zone(zone).stream()
        .flatMap(z -> z.offers.values().stream())
        .filter(offer -> type.isEmpty() || offer.type.name().equals(type))
        .toList();
  }

  List<Offer> allOffers() {
    return zones.values().stream().flatMap(zone -> zone.offers.values().stream()).toList();
  }

  void changed(SimZone zone) {
    changedZones.add(zone);
  }

  void changed(Offer offer) {
    changedOffers.add(offer);
  }

  CatalogView drain() {
    CatalogView changes = view(changedZones, List.of(), changedOffers);
    changedZones.clear();
    changedOffers.clear();
    return changes;
  }

  CatalogView whole() {
    return view(zones.values(), profile.types(), allOffers());
  }

  void restore(OfferState state) {
    for (Offer offer : offers(state.getZone(), state.getType())) {
      offer.limit = state.getLimit();
      offer.spotPpm =
          Math.clamp(state.getSpotPpm(), profile.spot().minPpm(), profile.spot().maxPpm());
    }
  }

  void restore(ZoneState state) {
    zone(state.getZone())
        .ifPresent(
            zone -> {
              zone.available = state.getAvailable();
              state.getCachedImagesList().forEach(zone::remember);
            });
  }

  private CatalogView view(
      Collection<SimZone> zones, Collection<TypeProfile> types, Collection<Offer> offers) {
    return new CatalogView(
        zones.stream().map(this::view).toList(),
        types.stream().map(Inventory::view).toList(),
        offers.stream().map(this::view).toList(),
        List.of());
  }

  private Zone view(SimZone zone) {
    List<VSwitch> vswitches = new ArrayList<>();
    long addresses = 0;
    for (AddressPool pool : zone.pools.values()) {
      addresses += pool.profile.cidr().size();
      vswitches.add(
          VSwitch.newBuilder()
              .setId(pool.profile.id())
              .setCidr(pool.profile.cidr().toString())
              .setFreeAddresses(pool.free())
              .build());
    }
    return Zone.newBuilder()
        .setId(zone.profile.id())
        .setRegion(profile.region())
        .addAllVswitches(vswitches)
        .setAvailable(zone.available)
        .setCapacityMilliVcpu(zone.profile.vcpu() * 1000)
        .setCapacityMemoryMib(zone.profile.memoryGib() * 1024)
        .setCapacityInstances(addresses)
        .setCapacityGpus(zone.profile.gpus())
        .build();
  }

  private static InstanceType view(TypeProfile type) {
    return InstanceType.newBuilder()
        .setName(type.name())
        .setMilliVcpu(type.milliVcpu())
        .setMemoryMib(type.memoryMib())
        .setGpus(type.gpus())
        .setGpuModel(type.gpuModel())
        .setArchitecture(type.architecture())
        .setGeneralPurpose(type.shape())
        .build();
  }

  private io.viking.cloud.v1.Offer view(Offer offer) {
    io.viking.cloud.v1.Offer.Builder view =
        io.viking.cloud.v1.Offer.newBuilder()
            .setZone(offer.zone)
            .setInstanceType(offer.type.name())
            .setStock(
                zone(offer.zone).filter(zone -> zone.available).isPresent() ? offer.stock() : 0)
            .setOnDemand(price(offer.type.priceNanos()));
    if (profile.spot().enabled()) {
      view.setSpot(price(offer.spotNanos()));
    }
    return view.build();
  }

  private Price price(long nanos) {
    return Price.newBuilder().setCurrency(profile.currency()).setNanosPerSecond(nanos).build();
  }
}
