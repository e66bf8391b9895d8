package io.viking.scheduler.zone;

import com.google.common.collect.Maps;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalog, what placements have taken from it that it does not show yet, and what the cloud
 * refuses although it shows it. Confined to one thread.
 */
public final class Inventory {
  private CatalogSnapshot catalog = CatalogSnapshot.EMPTY;
  private Assortment assortment = Assortment.of(CatalogSnapshot.EMPTY);
  private final Map<OfferKey, Tally> stock = new HashMap<>();
  private final Map<String, Tally> addresses = new HashMap<>();
  private final Quotas quotas = new Quotas();
  private final CoolDowns coolDowns;
  private final Map<String, Claim> claims = new HashMap<>();

  /** Of instances that exist, since the last word of the catalog. */
  private List<Claim> started = new ArrayList<>();

  /** Of those that existed before it, though perhaps not when it was put together. */
  private List<Claim> settling = new ArrayList<>();

  private record Claim(OfferKey offer, long milliVcpu) {}

  /** With nothing that ever cools down. */
  public Inventory() {
    this(new CoolDowns(_ -> Duration.ZERO, Duration.ZERO));
  }

  public Inventory(CoolDowns coolDowns) {
    this.coolDowns = coolDowns;
  }

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
    cures.addAll(confirm());
    return cures;
  }

  /**
   * A word of the catalog: it is as it was, or it has been taken. What started before the one
   * before is in its figures by now and no longer taken off them; until then it was not known to
   * be, least of all while the cloud did not answer. Gives what has become better.
   */
  public Set<Cure> confirm() {
    var cures = new HashSet<Cure>();
    for (Claim claim : settling) {
      OfferKey offer = claim.offer();
      if (tell(stock, offer, true)) {
        cures.add(new Cure.Stock(offer.zone(), offer.instanceType()));
      }
      if (tell(addresses, offer.zone(), true)) {
        cures.add(new Cure.Addresses(offer.zone()));
      }
      cures.addAll(quotas.started(claim.milliVcpu()));
    }
    settling = started;
    started = new ArrayList<>();
    return cures;
  }

  /**
   * The cloud has nothing to tell. What it told before of instances that are nobody's by now was
   * not about the placements that wait for theirs: what these will take is taken off again.
   */
  public void recall() {
    stock.values().forEach(Tally::recall);
    addresses.values().forEach(Tally::recall);
    quotas.recall();
  }

  /** A pod is placed and will take one of a type, an address, and of the account's quotas. */
  public void claim(String uid, String zone, String type) {
    InstanceType known = catalog.instanceTypes().get(type);
    var claim = new Claim(new OfferKey(zone, type), known == null ? 0 : known.getMilliVcpu());
    claims.put(uid, claim);
    take(claim.offer());
    quotas.claim(claim.milliVcpu());
  }

  public boolean hasClaim(String uid) {
    return claims.containsKey(uid);
  }

  /**
   * The pod's instance exists.
   *
   * @param zone where; another than claimed if the cloud had none left there
   * @return what was claimed for it; empty if nothing is any more
   */
  public Optional<OfferKey> started(String uid, String zone) {
    Claim claim = claims.remove(uid);
    if (claim == null) {
      return Optional.empty();
    }
    OfferKey offer = claim.offer();
    if (!offer.zone().equals(zone)) {
      tell(stock, offer, false);
      tell(addresses, offer.zone(), false);
      var there = new OfferKey(zone, offer.instanceType());
      take(there);
      started.add(new Claim(there, claim.milliVcpu()));
    } else {
      started.add(claim);
    }
    return Optional.of(offer);
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
    return new ZoneShelf(this, coolDowns, zone);
  }

  /** Placements whose instances are not known to exist, by pod UID. */
  public Map<String, OfferKey> claims() {
    return Maps.transformValues(claims, Claim::offer);
  }

  private void take(OfferKey offer) {
    stock.computeIfAbsent(offer, _ -> new Tally()).placed(1);
    addresses.computeIfAbsent(offer.zone(), _ -> new Tally()).placed(1);
  }

  /** Whether less is taken off the cloud's figure now. */
  private static <K> boolean tell(Map<K, Tally> tallies, K key, boolean started) {
    Tally tally = tallies.get(key);
    if (tally == null) {
      return false;
    }
    long before = tally.pending();
    if (started) {
      tally.started(1);
    } else {
      tally.undone(1);
    }
    if (tally.isEmpty()) {
      tallies.remove(key);
    }
    return tally.pending() < before;
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
      coolDowns.better(CoolDowns.Key.addresses(zone.getId()));
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
      coolDowns.better(CoolDowns.Key.stock(key.zone(), key.instanceType()));
    } else if (old > offer.getStock() && offer.getStock() >= 0 && stock.containsKey(key)) {
      stock.get(key).dropped(old - offer.getStock());
    }
    if (offer.hasSpot() && (before == null || !before.hasSpot() || spot(offer) < spot(before))) {
      cures.add(new Cure.SpotPrice(key.zone(), key.instanceType()));
      coolDowns.better(CoolDowns.Key.bid(key.zone(), key.instanceType()));
    }
  }

  private static long spot(Offer offer) {
    return offer.getSpot().getNanosPerSecond();
  }

  private static Set<String> vswitches(Zone zone) {
    var ids = new HashSet<String>();
    zone.getVswitchesList().forEach(vswitch -> ids.add(vswitch.getId()));
    return ids;
  }

  private static long free(Zone zone) {
    return zone.getVswitchesList().stream().mapToLong(VSwitch::getFreeAddresses).sum();
  }

  long pendingStock(OfferKey offer) {
    return pending(stock.get(offer));
  }

  long pendingAddresses(String zone) {
    return pending(addresses.get(zone));
  }

  private static long pending(@Nullable Tally tally) {
    return tally == null ? 0 : tally.pending();
  }
}
