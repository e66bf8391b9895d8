package io.viking.scheduler.rule;

import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Domains;
import io.viking.scheduler.zone.HeldTerm;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Required pod anti-affinity, both ways: no domain of the pod's own terms holds a pod that matches,
 * and no pod that is there already has a term that matches this one.
 */
public final class PodAntiAffinity implements PlacementRule {
  @Override
  public String name() {
    return "PodAntiAffinity";
  }

  @Override
  public Optional<Standing> open(PodShape shape, Population population, List<Site> sites) {
    var claims = new ArrayList<Claim>();
    for (AffinityTerm term : shape.ties().away()) {
      claims.add(
          new Claim(
              Domains.of(term.topologyKey(), sites, population.count(term.scope())),
              population.matches(term.scope(), shape.crowd()),
              "not meeting the pod anti-affinity on ",
              Cure.leavingOf(term.scope())));
    }
    for (HeldTerm held : population.guardsAgainst(shape.crowd())) {
      claims.add(
          new Claim(
              Domains.of(held.term().topologyKey(), sites, held.zones()),
              false,
              "kept free by other pods' anti-affinity on ",
              guardCures(held)));
    }
    return claims.isEmpty() ? Optional.empty() : Optional.of(new Distance(List.copyOf(claims)));
  }

  private static Set<Cure> guardCures(HeldTerm held) {
    var cures = new HashSet<Cure>();
    cures.add(new Cure.PodLeft(held.namespace()));
    if (held.term().scope().asksLabels()) {
      cures.add(new Cure.NamespacesChanged());
    }
    return cures;
  }

  /**
   * A domain with somebody in it is closed.
   *
   * @param self pods of the group close it to each other
   */
  private record Claim(Domains domains, boolean self, String reason, Set<Cure> cures) {}

  private record Distance(List<Claim> claims) implements Standing {
    @Override
    public boolean allows(Site site) {
      for (Claim claim : claims) {
        if (claim.domains().count(site) > 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Verdict.Reject objection(Site site) {
      Claim claim =
          claims.stream().filter(c -> c.domains().count(site) > 0).findFirst().orElseThrow();
      var cures = new HashSet<>(claim.cures());
      cures.add(new Cure.NodeChanged(site.id()));
      return new Verdict.Reject(claim.reason() + claim.domains().key(), cures);
    }

    @Override
    public void placed(Site site) {
      for (Claim claim : claims) {
        if (claim.self()) {
          claim.domains().add(site, 1);
        }
      }
    }

    @Override
    public boolean pins() {
      return true;
    }
  }
}
