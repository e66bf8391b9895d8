package io.viking.scheduler.loop;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.decision.Unplaced;
import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.pod.Order;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.Refusal;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.CoolDowns;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Sites;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the zones have left: taken by pods that are placed, given back by those that go, and told of
 * by the cloud, in its catalog and in what becomes of each pod.
 */
final class Supplies {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Confirmations come in pairs, when a watch is renewed. An instance that is not ready may be
   * missing in its pod's status for half a minute.
   */
  private static final Duration RECALL_EVERY = Duration.ofMinutes(1);

  private final CoolDowns coolDowns;
  private final Inventory inventory;
  private final Sites sites;

  /** What the cloud said last to placed pods, if it was no. By UID. */
  private final Map<String, Refusal> refusals = new HashMap<>();

  /** Pods placed before the first catalog, which says what they take. By UID. */
  private final Map<String, PlacedPod> early = new HashMap<>();

  private boolean catalogSeen;
  private Instant now = Instant.EPOCH;
  private Instant recalled = Instant.EPOCH;

  /** When the cloud last answered, while it does not any more. */
  private Optional<Instant> silentSince = Optional.empty();

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
  void at(Instant time) {
    now = time;
    coolDowns.at(time);
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

  /**
   * News of the catalog. Those who wait for supplies are woken too when the cloud falls silent or
   * answers again, to be told.
   */
  void hear(SchedulerEvent.CatalogEvent news, PodQueue queue) {
    boolean wasSilent = silentSince.isPresent();
    switch (news) {
      case SchedulerEvent.CatalogChanged(var catalog) -> {
        silentSince = Optional.empty();
        queue.wake(changed(catalog));
      }
      case SchedulerEvent.CatalogConfirmed() -> {
        silentSince = Optional.empty();
        queue.wake(inventory.confirm());
        recall();
      }
      case SchedulerEvent.CatalogInterrupted(Instant heard) -> silentSince = Optional.of(heard);
    }
    if (silentSince.isPresent() != wasSilent) {
      queue.wakeThose(Unplaced::waitsForSupplies);
    }
  }

  private Set<Cure> changed(CatalogSnapshot catalog) {
    catalogSeen = true;
    Set<Cure> cures = sites.catalogChanged(catalog);
    early.values().forEach(pod -> cures.addAll(ordered(pod)));
    early.clear();
    return cures;
  }

  /** After what has been confirmed: it takes its own credits with it. */
  private void recall() {
    if (!now.isBefore(recalled.plus(RECALL_EVERY))) {
      recalled = now;
      inventory.recall();
    }
  }

  /**
   * What those who wait are told. The age of the stock is a time of day: it stays true, and
   * rewrites no conditions.
   */
  String message(Unplaced rest) {
    return silentSince
        .filter(_ -> rest.waitsForSupplies())
        .map(
            at ->
                "%s (stock as known at %s; the cloud's catalog has not answered since)"
                    .formatted(rest.message(), TIME.format(at)))
        .orElse(rest.message());
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
    if (!inventory.hasClaim(pod.uid())) {
      claimAsOrdered(pod.uid(), pod.order().get());
    }
    if (pod.refusal() == Refusal.NONE) {
      refusals.remove(pod.uid());
      return Set.of();
    }
    boolean known = refusals.put(pod.uid(), pod.refusal()) == pod.refusal();
    return known ? Set.of() : refused(pod.uid(), pod.refusal(), pod.order().get());
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

  /** The cloud tried all of the pod's types in all of its zones. */
  private Set<Cure> refused(String uid, Refusal refusal, Order order) {
    for (String zone : order.zones()) {
      switch (refusal) {
        case NO_STOCK -> types(order).forEach(type -> noStock(zone, type, order.wishes().bid()));
        case NO_ADDRESS -> coolDowns.noAddress(zone);
        case BID_TOO_LOW -> {
          long limit = order.wishes().bid().map(Bid::limit).orElse(0L);
          types(order).forEach(type -> coolDowns.bidTooLow(zone, type, limit));
        }
        case NONE, OTHER -> {}
      }
    }
    return coolDowns.gone(uid);
  }

  /** What the spot market is out of may still be had on demand. */
  private void noStock(String zone, String type, Optional<Bid> bid) {
    if (bid.isPresent() && !bid.get().fallback()) {
      coolDowns.bidTooLow(zone, type, Bid.ANY);
    } else {
      coolDowns.noStock(zone, type);
    }
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
