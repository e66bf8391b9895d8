package io.viking.scheduler.preemption;

import io.viking.scheduler.zone.QuotaShelf;
import io.viking.scheduler.zone.Quotas;
import io.viking.scheduler.zone.Shelf;

/**
 * A part of the account's quotas, such as what is kept of them for pods of higher or equal priority
 * that wait for it.
 */
public record Reserve(long instances, long milliVcpu) {
  public static final Reserve NONE = new Reserve(0, 0);

  Reserve plus(Reserve other) {
    return new Reserve(instances + other.instances, milliVcpu + other.milliVcpu);
  }

  Reserve less(Reserve other) {
    return new Reserve(instances - other.instances, milliVcpu - other.milliVcpu);
  }

  /** What others find of the quotas. */
  public QuotaShelf takenOff(QuotaShelf quotas) {
    return equals(NONE) ? quotas : new Rest(quotas, this);
  }

  /** What is found of the quotas by those whose part this is already. */
  public QuotaShelf givenBackTo(QuotaShelf quotas) {
    return NONE.less(this).takenOff(quotas);
  }

  private record Rest(QuotaShelf quotas, Reserve reserve) implements QuotaShelf {
    @Override
    public long left(String name) {
      long left = quotas.left(name);
      return left == Shelf.UNBOUNDED ? left : Math.max(0, left - reserve.of(name));
    }

    @Override
    public long limit(String name) {
      return quotas.limit(name);
    }
  }

  private long of(String name) {
    return switch (name) {
      case Quotas.INSTANCES -> instances;
      case Quotas.MILLI_VCPU -> milliVcpu;
      default -> 0;
    };
  }
}
