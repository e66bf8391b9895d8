package io.viking.scheduler.zone;

import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import io.viking.scheduler.pod.Bid;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One zone of an inventory, as it is when it is asked. */
final class ZoneShelf implements Shelf {
  private final Inventory inventory;
  private final CoolDowns coolDowns;
  private final String zone;

  ZoneShelf(Inventory inventory, CoolDowns coolDowns, String zone) {
    this.inventory = inventory;
    this.coolDowns = coolDowns;
    this.zone = zone;
  }

  @Override
  public boolean sells(String type) {
    return inventory.catalog().offer(zone, type).isPresent();
  }

  @Override
  public List<InstanceType> types() {
    return inventory.catalog().instanceTypes().values().stream()
        .filter(type -> sells(type.getName()))
        .toList();
  }

  @Override
  public long left(String type, Optional<Bid> bid) {
    long shown = shown(type);
    if (shown == 0 || price(type, bid).isEmpty() && spotOnly(bid)) {
      return 0;
    }
    long allowed = coolDowns.allowed(CoolDowns.Key.stock(zone, type));
    if (spotOnly(bid)) {
      allowed = Math.min(allowed, allowed(type, bid.orElseThrow()));
    }
    return Math.min(shown, allowed);
  }

  @Override
  public Optional<CoolDowns.Cause> coolDown(String type, Optional<Bid> bid) {
    if (shown(type) == 0) {
      return Optional.empty();
    }
    if (coolDowns.allowed(CoolDowns.Key.stock(zone, type)) != UNBOUNDED) {
      return Optional.of(CoolDowns.Cause.STOCK);
    }
    return spotOnly(bid) && allowed(type, bid.orElseThrow()) != UNBOUNDED
        ? Optional.of(CoolDowns.Cause.BID)
        : Optional.empty();
  }

  @Override
  public boolean isShortOfAddresses() {
    return coolDowns.allowed(CoolDowns.Key.addresses(zone)) != UNBOUNDED;
  }

  @Override
  public long addresses(Collection<String> vswitches) {
    return Math.min(shown(vswitches), coolDowns.allowed(CoolDowns.Key.addresses(zone)));
  }

  private long shown(String type) {
    var key = new OfferKey(zone, type);
    Offer offer = inventory.catalog().offers().get(key);
    if (offer == null) {
      return 0;
    }
    return offer.getStock() < 0
        ? UNBOUNDED
        : Math.max(0, offer.getStock() - inventory.pendingStock(key));
  }

  private long shown(Collection<String> vswitches) {
    Zone known = inventory.catalog().zones().get(zone);
    if (known == null || known.getVswitchesCount() == 0) {
      return UNBOUNDED;
    }
    long free = 0;
    for (VSwitch vswitch : known.getVswitchesList()) {
      if (vswitches.isEmpty() || vswitches.contains(vswitch.getId())) {
        free += vswitch.getFreeAddresses();
      }
    }
    return Math.max(0, free - inventory.pendingAddresses(zone));
  }

  @Override
  public OptionalLong price(String type, Optional<Bid> bid) {
    OptionalLong market = spotPrice(type);
    if (bid.isPresent() && market.isPresent() && market.getAsLong() <= bid.get().limit()) {
      return market;
    }
    Offer offer = inventory.catalog().offers().get(new OfferKey(zone, type));
    return offer != null && offer.hasOnDemand() && !spotOnly(bid)
        ? OptionalLong.of(offer.getOnDemand().getNanosPerSecond())
        : OptionalLong.empty();
  }

  @Override
  public OptionalLong spotPrice(String type) {
    Offer offer = inventory.catalog().offers().get(new OfferKey(zone, type));
    return offer != null && offer.hasSpot()
        ? OptionalLong.of(offer.getSpot().getNanosPerSecond())
        : OptionalLong.empty();
  }

  private long allowed(String type, Bid bid) {
    return coolDowns.allowed(CoolDowns.Key.bid(zone, type), bid.limit());
  }

  private static boolean spotOnly(Optional<Bid> bid) {
    return bid.isPresent() && !bid.get().fallback();
  }
}
