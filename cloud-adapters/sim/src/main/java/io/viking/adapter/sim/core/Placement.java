package io.viking.adapter.sim.core;

import com.google.common.base.Joiner;
import io.viking.adapter.sim.state.Order;
import io.viking.adapter.sim.state.ZoneOrder;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an order goes: the first of its zones that has stock and addresses, there the first such
 * type and vSwitch. Spot is tried in all zones before it falls back to on demand. Pure: nothing is
 * taken.
 */
sealed interface Placement {
  record Found(SimZone zone, Offer offer, AddressPool pool, long priceNanos, boolean spot)
      implements Placement {
    /** Closes the deal: takes the address. */
    SimInstance deal(
        long seed, long serial, String cluster, Order order, long now, long sandboxDue) {
      return new SimInstance(
          new SimInstance.Deal(
              serial,
              cluster,
              order,
              InstanceIds.of(seed, serial),
              zone,
              offer,
              pool,
              pool.take(),
              priceNanos,
              spot,
              now,
              sandboxDue));
    }
  }

  record Refused(CloudFailure failure) implements Placement {}

  static Placement decide(Order order, Map<String, SimZone> zones) {
    Search search = new Search(order, zones);
    Optional<Placement> found = search.run(order.getSpot());
    if (found.isEmpty() && order.getSpot() && order.getSpotFallback()) {
      found = search.run(false);
    }
    return found.orElseGet(() -> new Refused(search.failure()));
  }

  /** One walk over the candidates, and what stood in its way. */
  final class Search {
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final Order order;
    private final Map<String, SimZone> zones;
    private final Set<String> withoutStock = new LinkedHashSet<>();
    private final Set<String> withoutAddresses = new LinkedHashSet<>();
    private long lowestPriceAbove = Long.MAX_VALUE;

    private Search(Order order, Map<String, SimZone> zones) {
      this.order = order;
      this.zones = zones;
      this.withoutStock.addAll(order.getSoldOutList());
    }

    private Optional<Placement> run(boolean spot) {
      for (ZoneOrder candidate : order.getZonesList()) {
        SimZone zone = zones.get(candidate.getZone());
        Optional<Offer> offer = zone == null ? Optional.empty() : offer(zone, spot);
        if (zone == null || offer.isEmpty()) {
          continue;
        }
        Optional<AddressPool> pool = pool(zone, candidate.getVswitchesList());
        if (pool.isPresent()) {
          long price = spot ? offer.get().spotNanos() : offer.get().type.priceNanos();
          return Optional.of(new Found(zone, offer.get(), pool.get(), price, spot));
        }
      }
      return Optional.empty();
    }

    private Optional<Offer> offer(SimZone zone, boolean spot) {
      boolean dear = false;
      for (String type : order.getTypesList()) {
        Offer offer = zone.offers.get(type);
        if (!zone.available || offer == null || !offer.inStock()) {
          continue;
        }
        if (spot
            && order.getSpotLimitNanos() >= 0
            && offer.spotNanos() > order.getSpotLimitNanos()) {
          dear = true;
          lowestPriceAbove = Math.min(lowestPriceAbove, offer.spotNanos());
          continue;
        }
        return Optional.of(offer);
      }
      if (!dear) {
        withoutStock.add(zone.profile.id());
      }
      return Optional.empty();
    }

    private Optional<AddressPool> pool(SimZone zone, List<String> asked) {
      for (String id : asked.isEmpty() ? zone.pools.keySet() : asked) {
        AddressPool pool = zone.pools.get(id);
        if (pool != null && pool.free() > 0) {
          return Optional.of(pool);
        }
        withoutAddresses.add(id);
      }
      return Optional.empty();
    }

    private static String perHour(long nanosPerSecond) {
      return BigDecimal.valueOf(nanosPerSecond, 9)
          .multiply(SECONDS_PER_HOUR)
          .setScale(4, RoundingMode.HALF_UP)
          .toPlainString();
    }

    private CloudFailure failure() {
      if (lowestPriceAbove != Long.MAX_VALUE) {
        return CloudFailure.of(
                ErrorReason.ERROR_REASON_SPOT_PRICE_TOO_LOW,
                "the lowest market price is %s per hour, the limit %s"
                    .formatted(perHour(lowestPriceAbove), perHour(order.getSpotLimitNanos())))
            .with("market_price_nanos", Long.toString(lowestPriceAbove));
      }
      if (!withoutAddresses.isEmpty()) {
        return CloudFailure.of(
                ErrorReason.ERROR_REASON_ADDRESSES_EXHAUSTED,
                "no address is free in " + Joiner.on(", ").join(withoutAddresses))
            .with("vswitches", Joiner.on(',').join(withoutAddresses));
      }
      return CloudFailure.of(
              ErrorReason.ERROR_REASON_OUT_OF_STOCK,
              Joiner.on(", ").join(order.getTypesList())
                  + " out of stock in "
                  + Joiner.on(", ").join(withoutStock))
          .with("zones", Joiner.on(',').join(withoutStock));
    }
  }
}
