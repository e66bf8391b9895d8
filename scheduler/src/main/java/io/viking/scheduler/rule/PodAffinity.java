package io.viking.scheduler.rule;

import com.google.common.collect.Multiset;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Domains;
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
    List<AffinityTerm> terms = shape.ties().near();
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    Multiset<String> pods =
        population.count(terms.getFirst().scope(), crowd -> matchesAll(terms, crowd, population));
    List<Domains> domains =
        terms.stream().map(term -> Domains.of(term.topologyKey(), sites, pods)).toList();
    boolean self = matchesAll(terms, shape.crowd(), population);
    return Optional.of(
        new Company(
            domains, self, domains.stream().allMatch(Domains::isEmpty), cures(terms, self)));
  }

  private static boolean matchesAll(List<AffinityTerm> terms, Crowd crowd, Population population) {
    for (AffinityTerm term : terms) {
      if (!population.matches(term.scope(), crowd)) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param self the pod asks for itself: if all others leave, it is the first and may go anywhere
   */
  private static Set<Cure> cures(List<AffinityTerm> terms, boolean self) {
    var cures = new HashSet<Cure>();
    for (AffinityTerm term : terms) {
      cures.addAll(Cure.comingOf(term.scope()));
      if (self) {
        cures.addAll(Cure.leavingOf(term.scope()));
      }
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
    public boolean allows(Site site) {
      for (Domains domain : domains) {
        if (lacksCompany(domain, site)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Verdict.Reject objection(Site site) {
      var all = new HashSet<>(cures);
      all.add(new Cure.NodeChanged(site.id()));
      String reason =
          domains.stream()
              .filter(domain -> lacksCompany(domain, site))
              .findFirst()
              .map(domain -> reason(domain, site))
              .orElseThrow();
      return new Verdict.Reject(reason, all);
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

    private static String reason(Domains domain, Site site) {
      if (domain.size() == 0) {
        return "not matching the pod affinity on %s, a label that no zone has"
            .formatted(domain.key());
      }
      return domain.contains(site)
          ? "not matching the pod affinity on " + domain.key()
          : "without the label %s of the pod affinity".formatted(domain.key());
    }

    private boolean lacksCompany(Domains domain, Site site) {
      boolean first = alone && self;
      return !domain.contains(site) || domain.count(site) == 0 && !first;
    }
  }
}
