package io.viking.adapter.sim.core;

import io.viking.cloud.v1.Quota;
import java.util.List;

/** The catalog as callers see it, and what of it they have not seen yet. */
final class Showcase {
  private final Inventory inventory;
  private final Quotas quotas;
  private final Ledger ledger;

  /** As the catalog showed them last. */
  private List<Quota> shown;

  Showcase(Inventory inventory, Quotas quotas, Ledger ledger, long now) {
    this.inventory = inventory;
    this.quotas = quotas;
    this.ledger = ledger;
    inventory.drain();
    this.shown = bounds(now);
  }

  /** What changed since the last call. */
  CatalogView drain(long now) {
    List<Quota> bounds = bounds(now);
    List<Quota> changed = bounds.stream().filter(quota -> !shown.contains(quota)).toList();
    shown = bounds;
    return inventory.drain().withQuotas(changed);
  }

  CatalogView whole(long now) {
    return inventory.whole().withQuotas(bounds(now));
  }

  /** All of the account's, those without a bound included. */
  List<Quota> quotas(long now) {
    return quotas.show(ledger.usage("", now).live(), ledger.liveMilliVcpu());
  }

  private List<Quota> bounds(long now) {
    return quotas.catalog(ledger.usage("", now).live(), ledger.liveMilliVcpu());
  }
}
