package io.viking.scheduler.preemption;

import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.Occupant;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.preemption.Occupants.Entry;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Quotas;
import io.viking.scheduler.zone.Shelf;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account's quotas as a matter between priorities. Confined to one thread.
 *
 * <h2>Who goes</h2>
 *
 * When a quota alone keeps pods waiting, pods of lower priority are chosen to make room ({@link
 * VictimChoice}). Whoever is on the way out already counts as room first, chosen by us or not: so
 * nobody is disrupted twice for the same pod, not over a restart either.
 *
 * <h2>For whom</h2>
 *
 * Room that was made or is coming is kept for the pods that it was made for: others of lower or
 * equal priority find the quota smaller by it ({@link Reserves}). A pod of yet higher priority may
 * take it, and those that it was taken from then choose again.
 */
public final class Preemption {
  private final Inventory inventory;
  private final Occupants occupants = new Occupants();
  private final Departures departures = new Departures();
  private final Budgets budgets = new Budgets();
  private final Reserves reserves = new Reserves();
  private final Map<String, Entry> asked = new HashMap<>();
  private boolean budgetsListed;

  public Preemption(Inventory inventory) {
    this.inventory = inventory;
  }

  /**
   * What came of a try.
   *
   * @param victims who has to go now
   * @param note for the pods that wait; may be empty
   * @param guarded whether it is budgets that keep more from going
   */
  public record Outcome(List<PodRef> victims, String note, boolean guarded) {
    public Outcome {
      victims = List.copyOf(victims);
    }
  }

  /** A pod has a zone. */
  public void placed(PlacedPod pod) {
    if (pod.ours().isEmpty()) {
      return;
    }
    Occupant occupant = pod.ours().get();
    if (pod.crowd().terminating()) {
      occupants.remove(pod.uid());
      if (isBounded()) {
        departures.begin(pod.uid(), milliVcpu(occupant));
      }
    } else if (!departures.contains(pod.uid())) {
      occupants.put(occupant, pod.crowd());
    }
  }

  /** A pod is gone or has ended. */
  public void gone(String uid, Instant now) {
    occupants.remove(uid);
    departures.end(uid, now);
    asked.remove(uid);
  }

  /** Gives whether pods may be disrupted that might not before. */
  public boolean budgetSeen(Budget budget) {
    return budgets.put(budget);
  }

  /** Gives whether pods may be disrupted that might not before. */
  public boolean budgetGone(String namespace, String name) {
    return budgets.remove(namespace, name);
  }

  /** All budgets are known. Before, nobody is disrupted. */
  public void budgetsListed() {
    budgetsListed = true;
  }

  /** For whom room is kept. */
  public Reserves reserves() {
    return reserves;
  }

  /**
   * A quota alone keeps pods waiting.
   *
   * @param waiting how many
   * @param milliVcpu that each would take
   */
  public Outcome tryFor(PodShape shape, int waiting, long milliVcpu, Instant now) {
    Reserve others = reserves.against(shape);
    Quotas quotas = inventory.quotas();
    var shortfall =
        new Shortfall(
            waiting,
            milliVcpu,
            free(quotas.left(Quotas.INSTANCES), others.instances(), departures.instances(now)),
            free(quotas.left(Quotas.MILLI_VCPU), others.milliVcpu(), departures.milliVcpu(now)));
    if (!shape.preempts()) {
      // Nobody went for them, so nothing is kept for them: what comes free is somebody's.
      reserves.release(shape);
      return new Outcome(List.of(), "", false);
    }
    long fit = shortfall.fit(0, 0);
    if (fit >= waiting || !budgetsListed) {
      int victims = reserves.keep(shape, (int) fit, milliVcpu, 0);
      return new Outcome(List.of(), note(victims, false), false);
    }
    Iterable<Victim> candidates =
        () -> occupants.below(shape.priority()).map(this::victim).iterator();
    var choice = VictimChoice.of(candidates, shortfall, budgets.countdown(now));
    choice.victims().forEach(this::go);
    int victims = reserves.keep(shape, (int) choice.fit(), milliVcpu, choice.victims().size());
    return new Outcome(
        choice.victims().stream().map(victim -> victim.occupant().ref()).toList(),
        note(victims, choice.guarded()),
        choice.guarded());
  }

  /**
   * The answer about a victim.
   *
   * @param going it is on its way out; false: it stays, and may be chosen again
   */
  public void answered(String uid, boolean going, Instant now) {
    @Nullable Entry entry = asked.remove(uid);
    if (going) {
      budgets.told(uid, now);
      return;
    }
    budgets.notSpent(uid);
    if (entry != null) {
      departures.cancel(uid);
      occupants.put(entry.occupant(), entry.crowd());
    }
  }

  private void go(Victim victim) {
    String uid = victim.occupant().ref().uid();
    occupants.remove(uid).ifPresent(entry -> asked.put(uid, entry));
    departures.begin(uid, victim.milliVcpu());
    budgets.spend(uid, victim.crowd());
  }

  private static String note(int victims, boolean guarded) {
    if (victims > 0) {
      return victims == 1
          ? "preempting 1 pod of lower priority"
          : "preempting %d pods of lower priority".formatted(victims);
    }
    return guarded ? "pods of lower priority are protected by PodDisruptionBudgets" : "";
  }

  private static long free(long left, long reserved, long coming) {
    return left == Shelf.UNBOUNDED ? left : left - reserved + coming;
  }

  private Victim victim(Entry entry) {
    return new Victim(entry.occupant(), entry.crowd(), milliVcpu(entry.occupant()));
  }

  private long milliVcpu(Occupant occupant) {
    String type =
        occupant.type().isEmpty()
            ? Optional.ofNullable(inventory.claims().get(occupant.ref().uid()))
                .map(OfferKey::instanceType)
                .orElse("")
            : occupant.type();
    InstanceType known = inventory.catalog().instanceTypes().get(type);
    return known == null ? 0 : known.getMilliVcpu();
  }

  private boolean isBounded() {
    Quotas quotas = inventory.quotas();
    return quotas.limit(Quotas.INSTANCES) >= 0 || quotas.limit(Quotas.MILLI_VCPU) >= 0;
  }
}
