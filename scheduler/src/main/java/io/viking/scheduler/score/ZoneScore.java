package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Tells better zones from worse ones. Scores are not weighed against each other: the next one
 * decides where all before it are equal.
 */
public interface ZoneScore {
  /** As in upstream's plug-ins: CamelCase, for logs and explanations. */
  String name();

  /**
   * Does once what is the same for all pods of a group.
   *
   * @param sites all zones, usable or not
   */
  Costs open(Request request, Population population, List<Site> sites);

  /** A cost for people: "0.2205 per hour". */
  default String words(long cost) {
    return Long.toString(cost);
  }

  /** A score during one decision. */
  interface Costs {
    /** For a score that has nothing to say to these pods. */
    Costs NONE = _ -> 0;

    /** What one more pod there costs; the lowest is the best. Asked for each pod: no allocation. */
    long of(Slot slot);

    /** One pod of the group went there. */
    default void placed(Site site) {}
  }

  /** Costs that the pods of the group do not change; {@link Costs#NONE} where all are 0. */
  static Costs fixed(List<Site> sites, ToLongFunction<Site> cost) {
    Map<String, Long> costs = new HashMap<>();
    sites.forEach(site -> costs.put(site.id(), cost.applyAsLong(site)));
    return costs.values().stream().allMatch(each -> each == 0)
        ? Costs.NONE
        : slot -> costs.getOrDefault(slot.site().id(), 0L);
  }
}
