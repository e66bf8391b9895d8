package io.viking.scheduler.rule;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
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
    var own = new ArrayList<Own>();
    for (AffinityTerm term : shape.crowd().antiAffinity()) {
      Multiset<String> pods = population.count(crowd -> matches(term, crowd));
      own.add(
          new Own(
              new Domains(term.topologyKey(), sites, pods),
              matches(term, shape.crowd()),
              cures(term)));
    }
    var others = new ArrayList<Guarded>();
    for (Crowd guard : population.guards()) {
      for (AffinityTerm term : guard.antiAffinity()) {
        if (matches(term, shape.crowd())) {
          var zones = HashMultiset.create(population.zonesOf(guard));
          others.add(new Guarded(new Domains(term.topologyKey(), sites, zones), guard.namespace()));
        }
      }
    }
    return own.isEmpty() && others.isEmpty()
        ? Optional.empty()
        : Optional.of(new Distance(List.copyOf(own), List.copyOf(others)));
  }

  private static boolean matches(AffinityTerm term, Crowd crowd) {
    return term.scope().test(crowd.namespace(), crowd.labels());
  }

  private static Set<Cure> cures(AffinityTerm term) {
    var cures = new HashSet<Cure>();
    if (term.scope().everywhere()) {
      cures.add(new Cure.PodLeft(Cure.ANYWHERE));
    }
    term.scope().namespaces().forEach(namespace -> cures.add(new Cure.PodLeft(namespace)));
    return cures;
  }

  private record Own(Domains domains, boolean self, Set<Cure> cures) {}

  private record Guarded(Domains domains, String namespace) {}

  private record Distance(List<Own> own, List<Guarded> others) implements Standing {
    @Override
    public Verdict check(Site site) {
      for (Own term : own) {
        if (term.domains().count(site).orElse(0) > 0) {
          return new Verdict.Reject(
              "not meeting the pod anti-affinity on " + term.domains().key(), term.cures());
        }
      }
      for (Guarded guarded : others) {
        if (guarded.domains().count(site).orElse(0) > 0) {
          return Verdict.reject(
              "kept free by other pods' anti-affinity on " + guarded.domains().key(),
              new Cure.PodLeft(guarded.namespace()));
        }
      }
      return Verdict.PASS;
    }

    @Override
    public void placed(Site site) {
      for (Own term : own) {
        if (term.self()) {
          term.domains().add(site, 1);
        }
      }
    }

    @Override
    public boolean pins() {
      return true;
    }
  }
}
