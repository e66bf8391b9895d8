package io.viking.scheduler.decision;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.zone.QuotaShelf;
import io.viking.scheduler.zone.Quotas;
import io.viking.scheduler.zone.Shelf;
import java.util.Optional;

/** What the account's quotas still allow a group while it is poured, whatever the zone. */
final class Allowance {
  private final QuotaShelf quotas;
  private long instances;
  private long milliVcpu;

  Allowance(QuotaShelf quotas) {
    this.quotas = quotas;
    this.instances = quotas.left(Quotas.INSTANCES);
    this.milliVcpu = quotas.left(Quotas.MILLI_VCPU);
  }

  boolean allows(InstanceType type) {
    return instances > 0 && milliVcpu >= type.getMilliVcpu();
  }

  void take(InstanceType type) {
    if (instances != Shelf.UNBOUNDED) {
      instances--;
    }
    if (milliVcpu != Shelf.UNBOUNDED) {
      milliVcpu -= type.getMilliVcpu();
    }
  }

  /** Why it allows no more of a type; empty if it does. */
  Optional<Shortage> shortage(InstanceType type) {
    if (allows(type)) {
      return Optional.empty();
    }
    return Optional.of(
        instances > 0
            ? new Shortage(
                Quotas.MILLI_VCPU,
                type.getMilliVcpu(),
                "the account's quota of milli-vcpu (%d) leaves too little for %s"
                    .formatted(quotas.limit(Quotas.MILLI_VCPU), type.getName()))
            : new Shortage(
                Quotas.INSTANCES,
                type.getMilliVcpu(),
                "the account's quota of instances (%d) is used up"
                    .formatted(quotas.limit(Quotas.INSTANCES))));
  }

  /**
   * @param quota its name
   * @param milliVcpu that one more of the type takes
   * @param reason for the user, the same however little is left: a figure that moves would rewrite
   *     the condition of every pod that waits
   */
  record Shortage(String quota, long milliVcpu, String reason) {}
}
