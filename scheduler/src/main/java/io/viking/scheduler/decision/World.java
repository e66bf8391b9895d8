package io.viking.scheduler.decision;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.QuotaShelf;
import io.viking.scheduler.zone.Site;
import java.util.List;
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
}
