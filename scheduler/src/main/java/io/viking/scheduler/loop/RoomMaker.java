package io.viking.scheduler.loop;

import io.viking.scheduler.decision.Unplaced;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.preemption.Preemption;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.QuotaShelf;
import io.viking.scheduler.zone.Quotas;
import java.time.Instant;
import java.util.List;

/** Where nothing but a quota of the account is in the way of a pod, those of lower priority go. */
final class RoomMaker {
  private static final List<Cure> QUOTAS =
      List.of(new Cure.Quota(Quotas.INSTANCES), new Cure.Quota(Quotas.MILLI_VCPU));
  private static final List<Cure> DISRUPTIONS = List.of(new Cure.Disruptions());

  private final Inventory inventory;
  private final PodQueue queue;
  private final Preemption preemption;

  RoomMaker(Inventory inventory, PodQueue queue) {
    this.inventory = inventory;
    this.queue = queue;
    this.preemption = new Preemption(inventory);
  }

  void hear(SchedulerEvent.OfRoom event, Instant now) {
    switch (event) {
      case SchedulerEvent.BudgetSeen(var budget) -> {
        if (preemption.budgetSeen(budget)) {
          queue.wake(DISRUPTIONS);
        }
      }
      case SchedulerEvent.BudgetGone(String namespace, String name) -> {
        if (preemption.budgetGone(namespace, name)) {
          queue.wake(DISRUPTIONS);
        }
      }
      case SchedulerEvent.BudgetsListed() -> {
        preemption.budgetsListed();
        queue.wake(QUOTAS);
      }
      case SchedulerEvent.PreemptAnswered(var pod, boolean going) ->
          preemption.answered(pod.uid(), going, now);
    }
  }

  void placed(PlacedPod pod) {
    preemption.placed(pod);
  }

  /**
   * @param waited it had no zone: room may have been kept for it
   */
  void gone(String uid, boolean waited, Instant now) {
    preemption.gone(uid, now);
    if (waited && preemption.reserves().any()) {
      queue.wake(QUOTAS);
    }
  }

  /** Before the decisions of a step: those who wait no more need no room. */
  void tidy() {
    preemption.reserves().trim(queue::waiting);
  }

  /** What pods of a shape find of the account's quotas. */
  QuotaShelf quotas(PodShape shape) {
    return preemption.reserves().against(shape).takenOff(inventory.quotas());
  }

  /** Some of a group have a zone. */
  void placed(PodGroup group, int pods) {
    preemption.reserves().release(group.shape, pods);
  }

  /** Gives why the rest of a group waits, with what is done about it. */
  Unplaced makeFor(PodGroup group, Unplaced rest, Instant now, Outbox out) {
    if (rest.onlyQuota().isEmpty()) {
      preemption.reserves().release(group.shape);
      return rest;
    }
    var outcome =
        preemption.tryFor(
            group.shape, group.waiting.size(), rest.onlyQuota().get().milliVcpu(), now);
    for (PodRef victim : outcome.victims()) {
      out.effect(new SchedulerEffect.Preempt(victim, now));
      out.effect(
          new SchedulerEffect.Announce(
              victim,
              false,
              "Preempted",
              "Preempted by a pod of priority %d: %s/%s"
                  .formatted(
                      group.shape.priority(),
                      group.shape.namespace(),
                      group.first().pod.ref().name())));
    }
    Unplaced told = rest.adding(outcome.note());
    return outcome.guarded() ? told.orIf(new Cure.Disruptions()) : told;
  }
}
