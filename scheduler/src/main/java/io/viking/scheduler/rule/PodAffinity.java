package io.viking.scheduler.rule;

import com.google.common.collect.Multiset;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Required pod affinity: each term's domain holds a pod that matches all terms. The first of a
 * series that asks for itself goes anywhere, as upstream has it.
 */
public final class PodAffinity implements PlacementRule {
  @Override
  public String name() {
    return "PodAffinity";
  }

  @Override
  public Optional<Standing> open(PodShape shape, Population population, List<Site> sites) {
    List<AffinityTerm> terms = shape.affinity();
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    Multiset<String> pods = population.count(crowd -> matchesAll(terms, crowd));
    List<Domains> domains =
        terms.stream().map(term -> new Domains(term.topologyKey(), sites, pods)).toList();
    return Optional.of(
        new Company(domains, matchesAll(terms, shape.crowd()), pods.isEmpty(), cures(terms)));
  }

  private static boolean matchesAll(List<AffinityTerm> terms, Crowd crowd) {
    return terms.stream().allMatch(term -> term.scope().test(crowd.namespace(), crowd.labels()));
  }

  private static Set<Cure> cures(List<AffinityTerm> terms) {
    var cures = new HashSet<Cure>();
    for (AffinityTerm term : terms) {
      PodScope scope = term.scope();
      if (scope.everywhere()) {
        cures.add(new Cure.PodCame(Cure.ANYWHERE));
      }
      scope.namespaces().forEach(namespace -> cures.add(new Cure.PodCame(namespace)));
    }
    return cures;
  }

  private static final class Company implements Standing {
    private final List<Domains> domains;
    private final boolean self;
    private boolean alone;
    private final Set<Cure> cures;

    Company(List<Domains> domains, boolean self, boolean alone, Set<Cure> cures) {
      this.domains = domains;
      this.self = self;
      this.alone = alone;
      this.cures = cures;
    }

    @Override
    public Verdict check(Site site) {
      boolean first = alone && self;
      for (Domains domain : domains) {
        Optional<Integer> there = domain.count(site);
        if (there.isEmpty() || there.get() == 0 && !first) {
          var cures = new HashSet<>(this.cures);
          cures.add(new Cure.NodeChanged(site.id()));
          return new Verdict.Reject("not matching the pod affinity on " + domain.key(), cures);
        }
      }
      return Verdict.PASS;
    }

    @Override
    public void placed(Site site) {
      if (self) {
        domains.forEach(domain -> domain.add(site, 1));
        alone = false;
      }
    }

    @Override
    public boolean pins() {
      return true;
    }
  }
}
