package io.viking.scheduler.rule;

import io.viking.scheduler.filter.NodeAffinity;
import io.viking.scheduler.filter.Taints;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code topologySpreadConstraints} with DoNotSchedule, held strictly: the pods that match in the
 * domain, this one included, less those whose instance has been created in the domain that has the
 * fewest of these, are at most maxSkew. Upstream counts placed pods on both sides; but a placed pod
 * whose zone turns out to be empty is none, and with every further one elsewhere the workload would
 * tilt. So the next pods wait until the placed ones are there.
 *
 * <p>Domains without stock count: a strict constraint then waits rather than tilts. A pod that
 * would rather fail than wait has none.
 */
public final class TopologySpread implements PlacementRule {
  @Override
  public String name() {
    return "TopologySpread";
  }

  @Override
  public Optional<Standing> open(PodShape shape, Population population, List<Site> sites) {
    if (shape.spread().isEmpty() || shape.cloud().failFast()) {
      return Optional.empty();
    }
    List<Site> inDomains =
        sites.stream()
            .filter(
                site ->
                    shape.spread().stream()
                        .allMatch(
                            constraint -> site.labels().containsKey(constraint.topologyKey())))
            .toList();
    var terms = new ArrayList<Term>();
    for (SpreadConstraint constraint : shape.spread()) {
      terms.add(term(constraint, shape, population, inDomains));
    }
    return Optional.of(new Skews(shape.namespace(), List.copyOf(terms)));
  }

  private static Term term(
      SpreadConstraint constraint, PodShape shape, Population population, List<Site> inDomains) {
    List<Site> counted =
        inDomains.stream()
            .filter(site -> !constraint.honorAffinity() || NodeAffinity.allows(shape, site))
            .filter(site -> !constraint.honorTaints() || Taints.untolerated(shape, site).isEmpty())
            .toList();
    Predicate<Crowd> counts =
        crowd -> !crowd.terminating() && constraint.scope().match().test(crowd.labels());
    return new Term(
        constraint,
        new Domains(constraint.topologyKey(), counted, population.count(shape.namespace(), counts)),
        new Domains(
                constraint.topologyKey(),
                counted,
                population.countCreated(shape.namespace(), counts))
            .least(),
        constraint.scope().match().test(shape.crowd().labels()) ? 1 : 0);
  }

  /**
   * @param placed pods by domain
   * @param created pods of the domain that has the fewest created ones; no decision changes it
   * @param self 1 if the pod matches its own selector
   */
  private record Term(SpreadConstraint constraint, Domains placed, int created, int self) {
    Optional<String> objection(Site site) {
      Optional<Integer> there = placed.count(site);
      if (there.isEmpty()) {
        return Optional.of(
            "missing the label %s of a topology spread constraint"
                .formatted(constraint.topologyKey()));
      }
      int next = there.get() + self;
      if (next - atLeast(created) <= constraint.maxSkew()) {
        return Optional.empty();
      }
      // Without a number: it changes with every instance, and each change is a write for each pod.
      String reason =
          next - atLeast(placed.least()) <= constraint.maxSkew()
              ? "waiting until the pods placed before it are created (maxSkew %d on %s)"
              : "not meeting the topology spread constraint (maxSkew %d on %s)";
      return Optional.of(reason.formatted(constraint.maxSkew(), constraint.topologyKey()));
    }

    private int atLeast(int least) {
      return placed.size() < constraint.minDomains() ? 0 : least;
    }
  }

  private record Skews(String namespace, List<Term> terms) implements Standing {
    @Override
    public Verdict check(Site site) {
      for (Term term : terms) {
        Optional<String> objection = term.objection(site);
        if (objection.isPresent()) {
          return Verdict.reject(
              objection.get(),
              new Cure.PodLeft(namespace),
              new Cure.PodCreated(namespace),
              new Cure.NodeChanged(site.id()));
        }
      }
      return Verdict.PASS;
    }

    @Override
    public void placed(Site site) {
      terms.forEach(term -> term.placed().add(site, term.self()));
    }

    @Override
    public boolean pins() {
      return true;
    }
  }
}
