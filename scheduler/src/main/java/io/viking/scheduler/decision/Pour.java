package io.viking.scheduler.decision;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.filter.Request;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.rule.Standing;
import io.viking.scheduler.score.Slot;
import io.viking.scheduler.score.WorkloadCount;
import io.viking.scheduler.score.ZoneScore;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pours the pods of one group over the zones: each goes to the best zone that has room and breaks
 * no rule, given those before it. Costs a few comparisons for each pod and zone.
 */
final class Pour {
  /** Names that an adapter can be given for one instance. */
  private static final int MOST_TYPES = 10;

  private final Request request;
  private final World world;
  private final List<Standing> standings;
  private final List<ZoneScore.Costs> costs;
  private final Allowance allowance;
  private final WorkloadCount count;
  private final boolean pinned;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Site> later = new ArrayList<>();
  private final List<Verdict.Reject> rejects = new ArrayList<>();
  private final Map<String, Placement> latest = new HashMap<>();

  Pour(Request request, World world, List<Standing> standings, List<ZoneScore.Costs> costs) {
    this.request = request;
    this.world = world;
    this.standings = standings;
    this.costs = costs;
    this.allowance = new Allowance(world.quotas());
    this.count = new WorkloadCount(world.population(), request.shape().crowd().workload());
    this.pinned = standings.stream().anyMatch(Standing::pins) || !request.volumes().isEmpty();
  }

  /** The pods may never go there, as things are. */
  void bar(Verdict.Reject reject) {
    rejects.add(reject);
  }

  /** The pods may go there, but nothing is left now. */
  void empty(Site site, Verdict.Reject reject) {
    if (request.shape().cloud().failFast()) {
      open(site);
    } else {
      later.add(site);
      rejects.add(reject);
    }
  }

  /** The pods may go there. */
  void open(Site site) {
    slots.add(new Slot(site, request, count, pinned && world.hot().test(site.id())));
  }

  Decision run(int pods) {
    var placements = new ArrayList<Placement>(pods);
    while (placements.size() < pods) {
      Slot slot = best(false);
      if (slot == null && request.shape().cloud().failFast()) {
        slot = best(true);
      }
      if (slot == null) {
        return new Decision(placements, Optional.of(explain()));
      }
      placements.add(placement(slot));
      allowance.take(slot.instanceType());
      slot.take();
      for (int i = 0; i < standings.size(); i++) {
        standings.get(i).placed(slot.site());
      }
      for (int i = 0; i < costs.size(); i++) {
        costs.get(i).placed(slot.site());
      }
    }
    return new Decision(placements, Optional.empty());
  }

  /** Of a zone that was opened. */
  Optional<Slot> slot(Site site) {
    return slots.stream().filter(slot -> slot.site().equals(site)).findFirst();
  }

  /** Where the next pod may go, the best first. */
  List<Slot> ranking() {
    return slots.stream()
        .filter(slot -> request.shape().cloud().failFast() || isLeft(slot))
        .filter(slot -> objection(slot.site()).isEmpty())
        .sorted(
            Comparator.<Slot, Boolean>comparing(slot -> !isLeft(slot)).thenComparing(this::compare))
        .toList();
  }

  /** The quota that keeps the next pod out, whatever is in stock there. */
  Optional<Allowance.Shortage> shortage(Slot slot) {
    return allowance.shortage(slot.instanceType());
  }

  private boolean isLeft(Slot slot) {
    return !slot.isFull() && allowance.allows(slot.instanceType());
  }

  /** Null if no pod fits anywhere: asked for each pod, it allocates nothing. */
  private @Nullable Slot best(boolean evenIfFull) {
    Slot best = null;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if ((evenIfFull || isLeft(slot))
          && (best == null || compare(slot, best) < 0)
          && isAllowed(slot.site())) {
        best = slot;
      }
    }
    return best;
  }

  private boolean isAllowed(Site site) {
    for (int i = 0; i < standings.size(); i++) {
      if (!standings.get(i).allows(site)) {
        return false;
      }
    }
    return true;
  }

  private int compare(Slot one, Slot other) {
    for (int i = 0; i < costs.size(); i++) {
      ZoneScore.Costs cost = costs.get(i);
      int order = Long.compare(cost.of(one), cost.of(other));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /**
   * A rule looks at whole domains: the Node of a zone that rejects the pods otherwise makes them.
   */
  private Verdict.Reject withAllNodes(Verdict.Reject reject) {
    var cures = new HashSet<>(reject.cures());
    world.sites().forEach(site -> cures.add(new Cure.NodeChanged(site.id())));
    return new Verdict.Reject(reject.reason(), cures);
  }

  private Optional<Verdict.Reject> objection(Site site) {
    for (Standing standing : standings) {
      if (standing.check(site) instanceof Verdict.Reject reject) {
        return Optional.of(reject);
      }
    }
    return Optional.empty();
  }

  /** The same object as long as nothing about it changes. */
  private Placement placement(Slot slot) {
    String zone = slot.site().id();
    Placement last = latest.get(zone);
    if (last != null && last.type().equals(slot.type())) {
      return last;
    }
    List<InstanceType> types = request.impliedTypes() ? List.of() : types(slot);
    var placement =
        new Placement(
            zone,
            slot.type(),
            candidates(slot, types),
            types.stream().map(InstanceType::getName).toList());
    latest.put(zone, placement);
    return placement;
  }

  /** The zone, then the other open ones as they score now, then those that may have stock again. */
  private List<String> candidates(Slot chosen, List<InstanceType> types) {
    var zones = new ArrayList<String>();
    zones.add(chosen.site().id());
    if (!pinned) {
      slots.stream()
          .filter(slot -> slot != chosen && allows(slot.site(), types))
          .sorted(Comparator.comparing(Slot::isFull).thenComparing(this::compare))
          .map(slot -> slot.site().id())
          .forEachOrdered(zones::add);
      later.stream().filter(site -> allows(site, types)).map(Site::id).forEachOrdered(zones::add);
    }
    return zones;
  }

  /** From the one that the zone has now on: those that the pod may become there. */
  private List<InstanceType> types(Slot slot) {
    return request.types().stream()
        .skip(slot.place())
        .filter(type -> !barsSold(slot.site(), type))
        .limit(MOST_TYPES)
        .toList();
  }

  /** The cloud tries all types of the list in all zones of the list: none may be a wrong one. */
  private boolean allows(Site site, List<InstanceType> types) {
    return types.stream().noneMatch(type -> barsSold(site, type));
  }

  private boolean barsSold(Site site, InstanceType type) {
    return site.shelf().sells(type.getName()) && request.isBarred(site, type);
  }

  private Unplaced explain() {
    var all = new ArrayList<>(rejects);
    Optional<Allowance.Shortage> shortage = Optional.empty();
    for (Slot slot : slots) {
      if (slot.room() instanceof Verdict.Reject full) {
        all.add(full);
        continue;
      }
      Optional<Verdict.Reject> objection = objection(slot.site());
      objection.map(this::withAllNodes).ifPresent(all::add);
      if (objection.isEmpty()) {
        shortage = allowance.shortage(slot.instanceType());
      }
    }
    return shortage
        .map(quota -> Explanation.quota(world.sites().size(), quota, all))
        .orElseGet(() -> Explanation.perZone(all));
  }
}
