package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.MeterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The books: what the account and each of its clusters use and owe, and what ended instances give
 * back (stock, addresses, quota).
 */
final class Ledger {
  private final Meter account;
  private final Map<String, Meter> clusters = new TreeMap<>();
  private final Consumer<SimZone> zoneChanged;
  private final Consumer<Offer> offerChanged;
  private long liveMilliVcpu;

  private Ledger(Meter account, Consumer<SimZone> zoneChanged, Consumer<Offer> offerChanged) {
    this.account = account;
    this.zoneChanged = zoneChanged;
    this.offerChanged = offerChanged;
  }

  static Ledger restore(
      List<MeterState> meters, Consumer<SimZone> zoneChanged, Consumer<Offer> offerChanged) {
    Optional<MeterState> whole = meters.stream().filter(m -> m.getCluster().isEmpty()).findFirst();
    Ledger ledger =
        new Ledger(
            Meter.restore(whole.orElseGet(MeterState::getDefaultInstance)),
            zoneChanged,
            offerChanged);
    for (MeterState state : meters) {
      if (!state.getCluster().isEmpty()) {
        ledger.clusters.put(state.getCluster(), Meter.restore(state));
      }
    }
    return ledger;
  }

  /** Stock and quota are taken from now on; the address was taken when it was chosen. */
  void born(SimInstance instance, long now) {
    account.born(now);
    cluster(instance.cluster, now).born(now);
    take(instance);
  }

  void billed(SimInstance instance, long now) {
    account.billed(now, instance.priceNanos);
    cluster(instance.cluster, now).billed(now, instance.priceNanos);
  }

  /** To be called while it is still marked as living. */
  void ended(SimInstance instance, long now) {
    if (instance.billed()) {
      account.unbilled(now, instance.priceNanos);
      cluster(instance.cluster, now).unbilled(now, instance.priceNanos);
    }
    account.died(now);
    cluster(instance.cluster, now).died(now);
    instance.offer.giveBack(instance);
    instance.pool.release(instance.address);
    liveMilliVcpu -= instance.offer.type.milliVcpu();
    changed(instance);
  }

  /** An instance of a snapshot. */
  void restored(SimInstance instance) {
    long price = instance.billed() ? instance.priceNanos : 0;
    account.restored(instance.live(), price);
    cluster(instance.cluster, instance.created).restored(instance.live(), price);
    if (instance.live()) {
      instance.pool.claim(instance.address);
      take(instance);
    }
  }

  long liveMilliVcpu() {
    return liveMilliVcpu;
  }

  /** Sums at that time; of one cluster, or of the whole account if its name is empty. */
  Usage usage(String cluster, long now) {
    Meter meter =
        cluster.isEmpty()
            ? account
            : Optional.ofNullable(clusters.get(cluster)).orElseGet(() -> new Meter(now));
    meter.accrue(now);
    return meter.usage();
  }

  List<MeterState> save(long now) {
    List<MeterState> states = new ArrayList<>();
    account.accrue(now);
    states.add(account.save(""));
    clusters.forEach(
        (cluster, meter) -> {
          meter.accrue(now);
          states.add(meter.save(cluster));
        });
    return states;
  }

  private void take(SimInstance instance) {
    instance.offer.take(instance);
    liveMilliVcpu += instance.offer.type.milliVcpu();
    changed(instance);
  }

  private void changed(SimInstance instance) {
    zoneChanged.accept(instance.zone);
    if (instance.offer.limit >= 0) {
      offerChanged.accept(instance.offer);
    }
  }

  private Meter cluster(String cluster, long now) {
    return clusters.computeIfAbsent(cluster, ignored -> new Meter(now));
  }
}
