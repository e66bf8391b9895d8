package io.viking.scheduler.rule;

import io.viking.scheduler.filter.NodeAffinity;
import io.viking.scheduler.filter.Taints;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.zone.Domains;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * One topologySpreadConstraint during one decision. The skew of a zone is the number of pods that
 * match in its domain, the next one included, less that of the least filled domain.
 */
public final class Skew {
  private static final int SHOWN = 3;

  private final SpreadConstraint constraint;
  private final Domains placed;
  private final OptionalInt created;
  private final int self;
  private final List<Site> counted;
  private final List<Site> closed;

  /**
   * @param created pods of the domain that has the fewest created ones, if these are what counts;
   *     no decision changes it
   * @param self 1 if the pods of the group match the selector
   * @param counted zones that are in a domain
   * @param closed zones that count though they take none of these pods
   */
  private Skew(
      SpreadConstraint constraint,
      Domains placed,
      OptionalInt created,
      int self,
      List<Site> counted,
      List<Site> closed) {
    this.constraint = constraint;
    this.placed = placed;
    this.created = created;
    this.self = self;
    this.counted = List.copyOf(counted);
    this.closed = closed;
  }

  /** Of DoNotSchedule: the least filled domain is the one with the fewest created pods. */
  static List<Skew> strict(PodShape shape, Population population, List<Site> sites) {
    return open(shape.spread(), true, shape, population, sites);
  }

  /** Of ScheduleAnyway: placed pods count on both sides, as upstream. */
  public static List<Skew> soft(PodShape shape, Population population, List<Site> sites) {
    return open(shape.softSpread(), false, shape, population, sites);
  }

  /** A zone without the key of one constraint is in no domain of any, as upstream has it. */
  private static List<Skew> open(
      List<SpreadConstraint> constraints,
      boolean isStrict,
      PodShape shape,
      Population population,
      List<Site> sites) {
    var inDomains = new ArrayList<Site>();
    for (Site site : sites) {
      if (constraints.stream().allMatch(c -> site.labels().containsKey(c.topologyKey()))) {
        inDomains.add(site);
      }
    }
    var skews = new ArrayList<Skew>(constraints.size());
    for (SpreadConstraint constraint : constraints) {
      skews.add(open(constraint, isStrict, shape, population, inDomains));
    }
    return List.copyOf(skews);
  }

  private static Skew open(
      SpreadConstraint constraint,
      boolean isStrict,
      PodShape shape,
      Population population,
      List<Site> inDomains) {
    var counted = new ArrayList<Site>(inDomains.size());
    var closed = new ArrayList<Site>();
    for (Site site : inDomains) {
      boolean matches = NodeAffinity.allows(shape, site);
      boolean tolerates = Taints.untolerated(shape, site).isEmpty();
      if ((matches || !constraint.honorAffinity()) && (tolerates || !constraint.honorTaints())) {
        counted.add(site);
        if (!matches || !tolerates) {
          closed.add(site);
        }
      }
    }
    String key = constraint.topologyKey();
    PodScope scope = constraint.scope();
    Predicate<Crowd> stays = crowd -> !crowd.terminating();
    return new Skew(
        constraint,
        Domains.of(key, counted, population.count(scope, stays)),
        isStrict
            ? OptionalInt.of(
                Domains.of(key, counted, population.countCreated(scope, stays)).least())
            : OptionalInt.empty(),
        scope.match().test(shape.crowd().labels()) ? 1 : 0,
        counted,
        closed);
  }

  SpreadConstraint constraint() {
    return constraint;
  }

  /** Whether the site is in a domain that counts; its skew means nothing otherwise. */
  public boolean counts(Site site) {
    return placed.contains(site);
  }

  /** By how many pods the skew would be too large with one more there; at most 0 if it holds. */
  public int excess(Site site) {
    return excess(site, created.isPresent() ? created.getAsInt() : placed.least());
  }

  private int excess(Site site, int least) {
    int fewest = isFew() ? 0 : least;
    return placed.count(site) + self - fewest - constraint.maxSkew();
  }

  /** Whether one more may go there when all that are placed are created. */
  boolean isPassing(Site site) {
    return counts(site) && excess(site, placed.least()) <= 0;
  }

  /** One of the group went there. */
  public void placed(Site site) {
    placed.add(site, self);
  }

  /**
   * Why a zone with an excess is none for the next pod. Without a number of pods: it changes with
   * every instance, and each change is a write for each pod that waits.
   */
  String reason(Site site) {
    return isPassing(site)
        ? "waiting until the pods placed before it are created (maxSkew %d on %s)"
            .formatted(constraint.maxSkew(), constraint.topologyKey())
        : "not meeting the topology spread constraint (maxSkew %d on %s%s)"
            .formatted(constraint.maxSkew(), constraint.topologyKey(), hint());
  }

  private boolean isFew() {
    return placed.size() < constraint.minDomains();
  }

  /** What keeps the skew from becoming smaller. */
  private String hint() {
    if (isFew()) {
      return ", minDomains is %d and there are %d"
          .formatted(constraint.minDomains(), placed.size());
    }
    int least = placed.least();
    for (Site site : closed) {
      if (placed.count(site) == least) {
        return ", %s counts with the fewest and takes none of these pods: %s"
            .formatted(
                site.id(),
                constraint.honorAffinity()
                    ? "nodeTaintsPolicy is not Honor"
                    : "nodeAffinityPolicy is Ignore");
      }
    }
    List<String> behind =
        counted.stream().filter(site -> placed.count(site) == least).map(Site::id).toList();
    return ", %s %s the fewest"
        .formatted(
            behind.size() > SHOWN
                ? String.join(", ", behind.subList(0, SHOWN)) + " and others"
                : String.join(", ", behind),
            behind.size() == 1 ? "has" : "have");
  }
}
