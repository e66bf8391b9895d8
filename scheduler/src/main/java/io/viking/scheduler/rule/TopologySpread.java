package io.viking.scheduler.rule;

import io.viking.scheduler.filter.NodeAffinity;
import io.viking.scheduler.filter.Taints;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code topologySpreadConstraints} with DoNotSchedule, as documented upstream: the pods that match
 * in the domain, this one included, less those in the least filled domain, are at most maxSkew.
 * Domains without stock count: a strict constraint then waits rather than tilts. A pod that would
 * rather fail than wait has none.
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
    var pods =
        population.count(
            shape.namespace(),
            crowd -> !crowd.terminating() && constraint.scope().match().test(crowd.labels()));
    return new Term(
        constraint,
        new Domains(constraint.topologyKey(), counted, pods),
        constraint.scope().match().test(shape.crowd().labels()) ? 1 : 0);
  }

  /**
   * @param self 1 if the pod matches its own selector
   */
  private record Term(SpreadConstraint constraint, Domains domains, int self) {
    Optional<String> objection(Site site) {
      Optional<Integer> there = domains.count(site);
      if (there.isEmpty()) {
        return Optional.of(
            "missing the label %s of a topology spread constraint"
                .formatted(constraint.topologyKey()));
      }
      int least = domains.size() < constraint.minDomains() ? 0 : domains.least();
      return there.get() + self - least <= constraint.maxSkew()
          ? Optional.empty()
          : Optional.of(
              "not meeting the topology spread constraint (maxSkew %d on %s)"
                  .formatted(constraint.maxSkew(), constraint.topologyKey()));
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
              new Cure.PodCame(namespace),
              new Cure.NodeChanged(site.id()));
        }
      }
      return Verdict.PASS;
    }

    @Override
    public void placed(Site site) {
      terms.forEach(term -> term.domains().add(site, term.self()));
    }

    @Override
    public boolean pins() {
      return true;
    }
  }
}
