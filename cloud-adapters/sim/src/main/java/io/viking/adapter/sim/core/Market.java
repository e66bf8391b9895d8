package io.viking.adapter.sim.core;

import io.viking.adapter.sim.profile.SimProfile;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Spot prices, and who has to go when they move. At every interval each price takes a step of its
 * random walk; instances past their protection whose bid is below it are asked to leave.
 */
final class Market {
  private static final int MILLION = 1_000_000;

  private final SimProfile.SpotMarket rules;
  private final Inventory inventory;
  private final RandomGenerator random;
  private final Consumer<SimInstance> ask;

  Market(
      SimProfile.SpotMarket rules,
      Inventory inventory,
      RandomGenerator random,
      Consumer<SimInstance> ask) {
    this.rules = rules;
    this.inventory = inventory;
    this.random = random;
    this.ask = ask;
  }

  void tick(long now) {
    for (SimZone zone : inventory.zones.values()) {
      for (Offer offer : zone.offers.values()) {
        if (rules.stepPpm() > 0) {
          long step = random.nextLong(-rules.stepPpm(), rules.stepPpm() + 1);
          set(offer, offer.spotPpm + step);
        }
        review(offer, now);
      }
    }
  }

  void set(Offer offer, long ppm) {
    long bounded = Math.clamp(ppm, rules.minPpm(), rules.maxPpm());
    if (bounded != offer.spotPpm) {
      offer.spotPpm = bounded;
      inventory.changed(offer);
    }
  }

  void review(Offer offer, long now) {
    long price = offer.spotNanos();
    for (SimInstance instance : List.copyOf(offer.spotInstances)) {
      boolean outbid = instance.bid < price;
      if (!outbid && rules.reclaimPpm() == 0) {
        break;
      }
      if (instance.protectedUntil <= now
          && instance.reclaim == 0
          && (outbid || random.nextInt(MILLION) < rules.reclaimPpm())) {
        ask.accept(instance);
      }
    }
  }
}
