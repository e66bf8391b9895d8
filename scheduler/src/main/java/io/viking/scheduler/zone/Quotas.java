package io.viking.scheduler.zone;

import io.viking.cloud.v1.Quota;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the account may still have, over all zones: what the cloud shows, less what placements have
 * taken of it that is not shown yet. Confined to one thread.
 */
public final class Quotas implements QuotaShelf {
  /** Of instances that live at once. */
  public static final String INSTANCES = "instances";

  /** Of the thousandths of a vCPU of their types, summed. */
  public static final String MILLI_VCPU = "milli-vcpu";

  private Map<String, Quota> known = Map.of();
  private final Tally instances = new Tally();
  private final Tally milliVcpu = new Tally();

  @Override
  public long left(String name) {
    long shown = shown(known, name);
    return shown == Shelf.UNBOUNDED ? shown : Math.max(0, shown - pending(name));
  }

  @Override
  public long limit(String name) {
    Quota quota = known.get(name);
    return quota == null ? -1 : quota.getLimit();
  }

  /** Takes newer figures; gives what has become better by them. */
  Set<Cure> update(Map<String, Quota> next) {
    var cures = new HashSet<Cure>();
    known.forEach(
        (name, before) -> {
          if (shown(next, name) > shown(known, name)) {
            cures.add(new Cure.Quota(name));
          }
          dropped(name, used(next, name) - before.getUsed());
        });
    known = next;
    return cures;
  }

  void claim(long vcpu) {
    instances.placed(1);
    milliVcpu.placed(vcpu);
  }

  /** What was claimed is in the cloud's figures. Gives what has become better by it. */
  Set<Cure> started(long vcpu) {
    long before = instances.pending();
    long vcpuBefore = milliVcpu.pending();
    instances.started(1);
    milliVcpu.started(vcpu);
    var cures = new HashSet<Cure>();
    if (instances.pending() < before && limit(INSTANCES) >= 0) {
      cures.add(new Cure.Quota(INSTANCES));
    }
    if (milliVcpu.pending() < vcpuBefore && limit(MILLI_VCPU) >= 0) {
      cures.add(new Cure.Quota(MILLI_VCPU));
    }
    return cures;
  }

  /** What was claimed will not be taken. Gives what has become better by it. */
  Set<Cure> release(long vcpu) {
    instances.undone(1);
    milliVcpu.undone(vcpu);
    var cures = new HashSet<Cure>();
    for (String name : Set.of(INSTANCES, MILLI_VCPU)) {
      if (limit(name) >= 0) {
        cures.add(new Cure.Quota(name));
      }
    }
    return cures;
  }

  /** See {@link Tally#recall}. */
  void recall() {
    instances.recall();
    milliVcpu.recall();
  }

  private long pending(String name) {
    return switch (name) {
      case INSTANCES -> instances.pending();
      case MILLI_VCPU -> milliVcpu.pending();
      default -> 0;
    };
  }

  private void dropped(String name, long by) {
    if (by <= 0) {
      return;
    }
    switch (name) {
      case INSTANCES -> instances.dropped(by);
      case MILLI_VCPU -> milliVcpu.dropped(by);
      default -> {}
    }
  }

  private static long shown(Map<String, Quota> quotas, String name) {
    Quota quota = quotas.get(name);
    return quota == null || quota.getLimit() < 0
        ? Shelf.UNBOUNDED
        : Math.max(0, quota.getLimit() - quota.getUsed());
  }

  private static long used(Map<String, Quota> quotas, String name) {
    Quota quota = quotas.get(name);
    return quota == null ? 0 : quota.getUsed();
  }
}
