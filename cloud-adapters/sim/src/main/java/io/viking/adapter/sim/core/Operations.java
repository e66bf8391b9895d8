package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.SetSpot;
import io.viking.adapter.sim.state.SetStock;
import io.viking.adapter.sim.state.SetZone;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What an operator of the cloud does to it. */
record Operations(
    Inventory inventory, Market market, Registry registry, Consumer<SimInstance> ask) {

  /** False if there is nothing of that name. */
  boolean run(Operate operate, long now) {
    return switch (operate.getActCase()) {
      case SET_STOCK -> setStock(operate.getSetStock());
      case SET_ZONE -> setZone(operate.getSetZone());
      case SET_SPOT -> setSpot(operate.getSetSpot(), now);
      case RECLAIM -> {
        var act = operate.getReclaim();
        Optional<SimInstance> spot =
            registry
                .find(act.getCluster(), act.getUid())
                .filter(instance -> instance.live() && instance.spot && instance.reclaim == 0);
        spot.ifPresent(ask);
        yield spot.isPresent();
      }
      case ACT_NOT_SET -> false;
    };
  }

  private boolean setStock(SetStock act) {
    List<Offer> offers = inventory.offers(act.getZone(), act.getType());
    for (Offer offer : offers) {
      offer.limit = act.getLimit();
      inventory.changed(offer);
    }
    return !offers.isEmpty();
  }

  private boolean setZone(SetZone act) {
    Optional<SimZone> zone = inventory.zone(act.getZone());
    zone.ifPresent(
        found -> {
          found.available = act.getAvailable();
          inventory.changed(found);
          found.offers.values().forEach(inventory::changed);
        });
    return zone.isPresent();
  }

  private boolean setSpot(SetSpot act, long now) {
    List<Offer> offers = inventory.offers(act.getZone(), act.getType());
    for (Offer offer : offers) {
      market.set(offer, act.getPpm());
      market.review(offer, now);
    }
    return !offers.isEmpty();
  }
}
