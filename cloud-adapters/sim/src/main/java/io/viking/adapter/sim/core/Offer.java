package io.viking.adapter.sim.core;

import io.viking.adapter.sim.profile.TypeProfile;
import java.util.Comparator;
import java.util.TreeSet;

/** One type in one zone: how many are left, what it costs, and who runs on it as spot. */
final class Offer {
  private static final long MILLION = 1_000_000;

  final String zone;
  final TypeProfile type;

  /** Lowest bid first. */
  final TreeSet<SimInstance> spotInstances =
      new TreeSet<>(
          Comparator.<SimInstance>comparingLong(instance -> instance.bid)
              .thenComparingLong(instance -> instance.serial));

  /** -1: not bounded. */
  long limit;

  /** Spot price in parts per million of the on demand price. */
  long spotPpm;

  private int live;

  Offer(String zone, TypeProfile type, long limit, long spotPpm) {
    this.zone = zone;
    this.type = type;
    this.limit = limit;
    this.spotPpm = spotPpm;
  }

  boolean inStock() {
    return limit < 0 || live < limit;
  }

  /** -1: not bounded. */
  long stock() {
    return limit < 0 ? -1 : Math.max(0, limit - live);
  }

  long spotNanos() {
    // Prices are below 10^15 and ppm below 10^6: no overflow in two steps.
    return type.priceNanos() / MILLION * spotPpm + type.priceNanos() % MILLION * spotPpm / MILLION;
  }

  void take(SimInstance instance) {
    live++;
    if (instance.spot) {
      spotInstances.add(instance);
    }
  }

  void giveBack(SimInstance instance) {
    live--;
    if (instance.spot) {
      spotInstances.remove(instance);
    }
  }
}
