package io.viking.scheduler.zone;

import com.google.common.collect.Maps;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalog, and what placements have taken from it that it does not show yet. Confined to one
 * thread.
 */
public final class Inventory {
  private CatalogSnapshot catalog = CatalogSnapshot.EMPTY;
  private Assortment assortment = Assortment.of(CatalogSnapshot.EMPTY);
  private final Map<OfferKey, Tally> stock = new HashMap<>();
  private final Map<String, Tally> addresses = new HashMap<>();
  private final Quotas quotas = new Quotas();
  private final Map<String, Claim> claims = new HashMap<>();

  private record Claim(OfferKey offer, long milliVcpu) {}

  public CatalogSnapshot catalog() {
    return catalog;
  }

  public Assortment assortment() {
    return assortment;
  }

  public Quotas quotas() {
    return quotas;
  }

  /** Takes a newer catalog; gives what has become better by it. */
  public Set<Cure> update(CatalogSnapshot next) {
    var cures = new HashSet<Cure>();
    if (!next.zones().keySet().equals(catalog.zones().keySet())) {
      cures.add(new Cure.ZonesChanged());
    }
    if (!next.instanceTypes().equals(catalog.instanceTypes())) {
      cures.add(new Cure.TypesChanged());
    }
    next.zones()
        .forEach((id, zone) -> compare(Optional.ofNullable(catalog.zones().get(id)), zone, cures));
    next.offers().forEach((key, offer) -> compare(key, catalog.offers().get(key), offer, cures));
    cures.addAll(quotas.update(next.quotas()));
    catalog = next;
    assortment = Assortment.of(next);
    return cures;
  }

  /** A pod is placed and will take one of a type, an address, and of the account's quotas. */
  public void claim(String uid, String zone, String type) {
    InstanceType known = catalog.instanceTypes().get(type);
    var claim = new Claim(new OfferKey(zone, type), known == null ? 0 : known.getMilliVcpu());
    claims.put(uid, claim);
    stock.computeIfAbsent(claim.offer(), _ -> new Tally()).placed(1);
    addresses.computeIfAbsent(zone, _ -> new Tally()).placed(1);
    quotas.claim(claim.milliVcpu());
  }

  /**
   * The pod's instance exists.
   *
   * @param zone where; another than claimed if the cloud had none left there
   */
  public void started(String uid, String zone) {
    Claim claim = claims.remove(uid);
    if (claim != null) {
      boolean asClaimed = claim.offer().zone().equals(zone);
      tell(stock, claim.offer(), asClaimed);
      tell(addresses, claim.offer().zone(), asClaimed);
      quotas.started(claim.milliVcpu());
    }
  }

  /** The pod will not take what it claimed. Gives what has become better by it. */
  public Set<Cure> release(String uid) {
    Claim claim = claims.remove(uid);
    if (claim == null) {
      return Set.of();
    }
    OfferKey offer = claim.offer();
    tell(stock, offer, false);
    tell(addresses, offer.zone(), false);
    Set<Cure> cures = quotas.release(claim.milliVcpu());
    cures.add(new Cure.Stock(offer.zone(), offer.instanceType()));
    cures.add(new Cure.Addresses(offer.zone()));
    return cures;
  }

  /** A view that follows what is claimed and released. */
  public Shelf shelf(String zone) {
    return new ZoneShelf(zone);
  }

  /** Placements whose instances are not known to exist, by pod UID. */
  public Map<String, OfferKey> claims() {
    return Maps.transformValues(claims, Claim::offer);
  }

  private static <K> void tell(Map<K, Tally> tallies, K key, boolean started) {
    Tally tally = tallies.get(key);
    if (tally == null) {
      return;
    }
    if (started) {
      tally.started(1);
    } else {
      tally.undone(1);
    }
    if (tally.isEmpty()) {
      tallies.remove(key);
    }
  }

  private void compare(Optional<Zone> before, Zone zone, Set<Cure> cures) {
    if (before.isEmpty()) {
      return;
    }
    if (zone.getAvailable() && !before.get().getAvailable()
        || !vswitches(zone).equals(vswitches(before.get()))) {
      cures.add(new Cure.ZoneChanged(zone.getId()));
    }
    long change = free(zone) - free(before.get());
    if (change > 0) {
      cures.add(new Cure.Addresses(zone.getId()));
    } else if (change < 0 && addresses.containsKey(zone.getId())) {
      addresses.get(zone.getId()).dropped(-change);
    }
  }

  private void compare(OfferKey key, @Nullable Offer before, Offer offer, Set<Cure> cures) {
    if (before == null) {
      cures.add(new Cure.TypesChanged());
    }
    long old = before == null ? 0 : before.getStock();
    if (offer.getStock() < 0 ? old >= 0 : old >= 0 && offer.getStock() > old) {
      cures.add(new Cure.Stock(key.zone(), key.instanceType()));
    } else if (old > offer.getStock() && offer.getStock() >= 0 && stock.containsKey(key)) {
      stock.get(key).dropped(old - offer.getStock());
    }
  }

  private static Set<String> vswitches(Zone zone) {
    var ids = new HashSet<String>();
    zone.getVswitchesList().forEach(vswitch -> ids.add(vswitch.getId()));
    return ids;
  }

  private static long free(Zone zone) {
    return zone.getVswitchesList().stream().mapToLong(VSwitch::getFreeAddresses).sum();
  }

  private static long pending(@Nullable Tally tally) {
    return tally == null ? 0 : tally.pending();
  }

  private final class ZoneShelf implements Shelf {
    private final String zone;

    ZoneShelf(String zone) {
      this.zone = zone;
    }

    @Override
    public boolean sells(String type) {
      return catalog.offer(zone, type).isPresent();
    }

    @Override
    public List<InstanceType> types() {
      return catalog.instanceTypes().values().stream()
          .filter(type -> sells(type.getName()))
          .toList();
    }

    @Override
    public long left(String type) {
      var key = new OfferKey(zone, type);
      Offer offer = catalog.offers().get(key);
      if (offer == null) {
        return 0;
      }
      return offer.getStock() < 0
          ? UNBOUNDED
          : Math.max(0, offer.getStock() - pending(stock.get(key)));
    }

    @Override
    public long addresses(Collection<String> vswitches) {
      Zone known = catalog.zones().get(zone);
      if (known == null || known.getVswitchesCount() == 0) {
        return UNBOUNDED;
      }
      long free = 0;
      for (VSwitch vswitch : known.getVswitchesList()) {
        if (vswitches.isEmpty() || vswitches.contains(vswitch.getId())) {
          free += vswitch.getFreeAddresses();
        }
      }
      return Math.max(0, free - pending(addresses.get(zone)));
    }

    @Override
    public OptionalLong price(String type, boolean spot) {
      Offer offer = catalog.offers().get(new OfferKey(zone, type));
      if (offer == null) {
        return OptionalLong.empty();
      }
      if (spot && offer.hasSpot()) {
        return OptionalLong.of(offer.getSpot().getNanosPerSecond());
      }
      return offer.hasOnDemand()
          ? OptionalLong.of(offer.getOnDemand().getNanosPerSecond())
          : OptionalLong.empty();
    }
  }
}
