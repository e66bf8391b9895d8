package io.viking.scheduler.loop;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.pod.Order;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.Refusal;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.CoolDowns;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Sites;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the zones have left: taken by pods that are placed, given back by those that go, and told of
 * by the cloud, in its catalog and in what becomes of each pod.
 */
final class Supplies {
  private final CoolDowns coolDowns;
  private final Inventory inventory;
  private final Sites sites;

  /** What the cloud said last to placed pods, if it was no. By UID. */
  private final Map<String, Refusal> refusals = new HashMap<>();

  /** Pods placed before the first catalog, which says what they take. By UID. */
  private final Map<String, PlacedPod> early = new HashMap<>();

  private boolean catalogSeen;

  Supplies(CoreConfig config) {
    this.coolDowns = new CoolDowns(config.coolDown()::after, config.coolDown().longest());
    this.inventory = new Inventory(coolDowns);
    this.sites = new Sites(inventory);
  }

  Inventory inventory() {
    return inventory;
  }

  Sites sites() {
    return sites;
  }

  boolean isKnown() {
    return catalogSeen;
  }

  /** Whether something of the zone is being tried again after a failure. */
  boolean isTried(String zone) {
    return coolDowns.isTried(zone);
  }

  /** All that follows happens then. */
  void at(Instant now) {
    coolDowns.at(now);
  }

  /** Timers for what has happened since the last call. */
  void setTimers(Outbox out) {
    coolDowns
        .drainAlarms()
        .forEach(alarm -> out.timer(alarm.at(), new SchedulerEvent.CoolDownRang(alarm)));
  }

  Set<Cure> rang(CoolDowns.Alarm alarm) {
    return coolDowns.ring(alarm);
  }

  Set<Cure> catalogChanged(CatalogSnapshot catalog) {
    catalogSeen = true;
    Set<Cure> cures = sites.catalogChanged(catalog);
    early.values().forEach(pod -> cures.addAll(ordered(pod)));
    early.clear();
    return cures;
  }

  /** A pod of a decision takes what it was given. */
  void claim(String uid, Placement placement) {
    inventory.claim(uid, placement.zone(), placement.type());
    coolDowns.claimed(uid, placement.zone(), placement.type());
  }

  /** The pod takes nothing, or no more. */
  Set<Cure> release(String uid) {
    refusals.remove(uid);
    early.remove(uid);
    Set<Cure> cures = new HashSet<>(inventory.release(uid));
    cures.addAll(coolDowns.gone(uid));
    return cures;
  }

  Set<Cure> placed(PlacedPod pod) {
    if (pod.started()) {
      early.remove(pod.uid());
      return started(pod);
    }
    if (!catalogSeen) {
      early.put(pod.uid(), pod);
      return Set.of();
    }
    return ordered(pod);
  }

  /** An instance in another zone than claimed: the cloud had none left where it was to be. */
  private Set<Cure> started(PlacedPod pod) {
    boolean refused = refusals.remove(pod.uid()) != null;
    Optional<OfferKey> claimed = inventory.started(pod.uid(), pod.zone());
    if (claimed.isEmpty()) {
      return Set.of();
    }
    OfferKey offer = claimed.get();
    if (!offer.zone().equals(pod.zone())) {
      coolDowns.noStock(offer.zone(), offer.instanceType());
    }
    Set<Cure> cures = coolDowns.created(pod.uid(), pod.zone(), offer.instanceType(), refused);
    cures.addAll(coolDowns.gone(pod.uid()));
    return cures;
  }

  private Set<Cure> ordered(PlacedPod pod) {
    if (pod.order().isEmpty()) {
      return Set.of();
    }
    Order order = pod.order().get();
    if (!inventory.hasClaim(pod.uid())) {
      claimAsOrdered(pod.uid(), order);
    }
    Refusal before =
        order.refusal() == Refusal.NONE
            ? refusals.remove(pod.uid())
            : refusals.put(pod.uid(), order.refusal());
    return before == order.refusal() ? Set.of() : heard(pod.uid(), order);
  }

  /**
   * After a restart, or for a pod that somebody else bound: in no decision of ours. Pods on nodes
   * that are no zones take nothing of the cloud's.
   */
  private void claimAsOrdered(String uid, Order order) {
    if (inventory.catalog().zones().containsKey(order.node())) {
      types(order).stream().findFirst().ifPresent(type -> inventory.claim(uid, order.node(), type));
    }
  }

  private Set<Cure> heard(String uid, Order order) {
    switch (order.refusal()) {
      case NONE -> {
        return Set.of();
      }
      case NO_STOCK ->
          order
              .zones()
              .forEach(zone -> types(order).forEach(type -> coolDowns.noStock(zone, type)));
      case NO_ADDRESS -> order.zones().forEach(coolDowns::noAddress);
      case BID_TOO_LOW -> {
        long limit = order.wishes().bid().map(Bid::limit).orElse(0L);
        order
            .zones()
            .forEach(zone -> types(order).forEach(type -> coolDowns.bidTooLow(zone, type, limit)));
      }
      case OTHER -> {}
    }
    return coolDowns.gone(uid);
  }

  private List<String> types(Order order) {
    if (!order.types().isEmpty()) {
      return order.types();
    }
    return switch (inventory
        .assortment()
        .choose(order.wishes(), order.requests(), order.ceiling())) {
      case Assortment.Choice.Types chosen ->
          chosen.types().stream().map(InstanceType::getName).toList();
      case Assortment.Choice.None _ -> List.of();
    };
  }
}
