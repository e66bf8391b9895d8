package io.viking.scheduler.decision;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.QuotaShelf;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a decision looks at. Nothing in it changes while a group is decided.
 *
 * @param quotas less what is kept for others
 * @param hot whether a zone is being tried again after it failed a pod
 * @param claims what the claims of a pod of that shape say now
 */
public record World(
    List<Site> sites,
    Assortment assortment,
    QuotaShelf quotas,
    Population population,
    Predicate<String> hot,
    Function<PodShape, ClaimVerdict> claims) {

  /** The same with other quotas. */
  public World with(QuotaShelf others) {
    return new World(sites, assortment, others, population, hot, claims);
  }

  /**
   * The same without a zone, and the others in an order that is another from time to time: where
   * they are equal, the first is the best, and it should not always be the same.
   */
  World without(String zone) {
    var rest = new ArrayList<>(sites);
    rest.removeIf(site -> site.id().equals(zone));
    if (!rest.isEmpty()) {
      Collections.rotate(rest, new SplittableRandom(population.size()).nextInt(rest.size()));
    }
    return new World(rest, assortment, quotas, population, hot, claims);
  }
}
