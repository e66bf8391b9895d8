package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.MeterState;

/**
 * What instances have cost and how long they have lived, in exact whole numbers, in O(1) whatever
 * their number: sums per second are carried forward at every change. Prices are per second and
 * metered to the millisecond.
 */
final class Meter {
  private long accrued;
  private long spentNanos;
  private long spentRest;
  private long liveMillis;
  private long created;
  private long live;
  private long nanosPerSecond;

  Meter(long now) {
    accrued = now;
  }

  static Meter restore(MeterState state) {
    Meter meter = new Meter(state.getAccrued());
    meter.spentNanos = state.getSpentNanos();
    meter.spentRest = state.getSpentRest();
    meter.liveMillis = state.getLiveMillis();
    meter.created = state.getCreated();
    return meter;
  }

  MeterState save(String cluster) {
    return MeterState.newBuilder()
        .setCluster(cluster)
        .setAccrued(accrued)
        .setSpentNanos(spentNanos)
        .setSpentRest(spentRest)
        .setLiveMillis(liveMillis)
        .setCreated(created)
        .build();
  }

  void accrue(long now) {
    long elapsed = now - accrued;
    if (elapsed <= 0) {
      return;
    }
    accrued = now;
    liveMillis += live * elapsed;
    spentNanos += nanosPerSecond * (elapsed / 1000);
    spentRest += nanosPerSecond * (elapsed % 1000);
    spentNanos += spentRest / 1000;
    spentRest %= 1000;
  }

  void born(long now) {
    accrue(now);
    created++;
    live++;
  }

  void died(long now) {
    accrue(now);
    live--;
  }

  void billed(long now, long priceNanos) {
    accrue(now);
    nanosPerSecond += priceNanos;
  }

  void unbilled(long now, long priceNanos) {
    accrue(now);
    nanosPerSecond -= priceNanos;
  }

  /** An instance of a snapshot: it was counted as created before. */
  void restored(boolean alive, long billedNanos) {
    live += alive ? 1 : 0;
    nanosPerSecond += billedNanos;
  }

  Usage usage() {
    return new Usage(spentNanos, nanosPerSecond, liveMillis / 1000, live, created);
  }
}
