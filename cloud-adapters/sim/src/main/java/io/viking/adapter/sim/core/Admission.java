package io.viking.adapter.sim.core;

import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.limits.TokenBucket;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether an order is bought, and where: the questions of a create in the order that makes it
 * idempotent. Takes a token of the rate, and nothing else.
 */
record Admission(
    Inventory inventory, Ledger ledger, Fences fences, Quotas quotas, TokenBucket creates) {

  /** What became of an order. */
  sealed interface Verdict {
    /** There is one already. */
    record Existing(SimInstance instance) implements Verdict {}

    record Refused(CloudFailure failure) implements Verdict {}

    record Granted(Placement.Found place) implements Verdict {}
  }

  /**
   * @param before the instance of that key, alive or ended
   */
  Verdict decide(String cluster, Order order, Optional<SimInstance> before, long now) {
    Optional<SimInstance> alive = before.filter(SimInstance::live);
    if (alive.isPresent()) {
      return new Verdict.Existing(alive.get());
    }
    int spent =
        Math.max(
            before.map(i -> i.order.getAttempt()).orElse(0),
            fences.attempt(cluster, order.getUid(), now));
    if (order.getAttempt() <= spent) {
      return new Verdict.Refused(spent(spent));
    }
    Optional<Duration> wait = creates.take(now);
    if (wait.isPresent()) {
      return new Verdict.Refused(Refusals.throttled("create", wait.get()));
    }
    Optional<CloudFailure> overQuota = quotas.instances(ledger.usage("", now).live());
    if (overQuota.isPresent()) {
      return new Verdict.Refused(overQuota.get());
    }
    return switch (Placement.decide(order, inventory.zones)) {
      case Placement.Refused refused -> new Verdict.Refused(refused.failure());
      case Placement.Found found ->
          quotas
              .milliVcpu(ledger.liveMilliVcpu() + found.offer().type.milliVcpu())
              .<Verdict>map(Verdict.Refused::new)
              .orElseGet(() -> new Verdict.Granted(found));
    };
  }

  private static CloudFailure spent(int attempt) {
    CloudFailure failure =
        CloudFailure.of(
            ErrorReason.ERROR_REASON_ATTEMPT_SPENT,
            "attempts up to " + attempt + " of this pod have had their instance or are fenced");
    return attempt == Integer.MAX_VALUE
        ? failure
        : failure.with("next_attempt", Integer.toString(attempt + 1));
  }
}
