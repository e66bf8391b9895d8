package io.viking.scheduler.decision;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says where the pods of a zone go if the cloud has nothing for them there after all: to the zones
 * in which they would be if that zone were none. Else a zone that is lost would make one other zone
 * take all of its pods, since pods that are decided together name the same second best.
 */
final class Fallbacks {
  private final Function<String, Decision> without;
  private final Multiset<String> placed = HashMultiset.create();
  private final Map<String, Multiset<String>> wanting = new HashMap<>();
  private final Table<Placement, String, Placement> shared = HashBasedTable.create();

  private Fallbacks(Decision decision, Function<String, Decision> without) {
    this.without = without;
    decision.placements().forEach(placement -> placed.add(placement.zone()));
  }

  /**
   * The same decision, each placement with its next zone.
   *
   * @param without the decision for the same pods as it would be without a zone
   */
  static Decision share(Decision decision, Function<String, Decision> without) {
    var fallbacks = new Fallbacks(decision, without);
    var placements = new ArrayList<Placement>(decision.placements().size());
    decision.placements().forEach(placement -> placements.add(fallbacks.with(placement)));
    return new Decision(placements, decision.rest());
  }

  private Placement with(Placement placement) {
    List<String> others = placement.zones().subList(1, placement.zones().size());
    if (others.size() < 2) {
      return placement;
    }
    Multiset<String> wants = wanting.computeIfAbsent(placement.zone(), this::wants);
    Optional<String> next = most(wants, others);
    next.ifPresent(wants::remove);
    return next.map(zone -> before(placement, zone)).orElse(placement);
  }

  /** How many more each zone would have without that one. */
  private Multiset<String> wants(String zone) {
    Multiset<String> more = HashMultiset.create();
    without.apply(zone).placements().forEach(placement -> more.add(placement.zone()));
    placed.forEachEntry(more::remove);
    return more;
  }

  private static Optional<String> most(Multiset<String> wants, List<String> zones) {
    Optional<String> most = Optional.empty();
    int count = 0;
    for (String zone : zones) {
      if (wants.count(zone) > count) {
        most = Optional.of(zone);
        count = wants.count(zone);
      }
    }
    return most;
  }

  /** One object for all that go the same way. */
  private Placement before(Placement placement, String next) {
    Placement known = shared.get(placement, next);
    if (known == null) {
      known = placement.next(next);
      shared.put(placement, next, known);
    }
    return known;
  }
}
