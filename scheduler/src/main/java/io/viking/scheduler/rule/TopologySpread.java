package io.viking.scheduler.rule;

import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    return shape.spread().isEmpty() || shape.cloud().failFast()
        ? Optional.empty()
        : Optional.of(new Skews(shape.namespace(), Skew.strict(shape, population, sites)));
  }

  private record Skews(String namespace, List<Skew> skews) implements Standing {
    @Override
    public boolean allows(Site site) {
      for (Skew skew : skews) {
        if (!skew.counts(site) || skew.excess(site) > 0) {
          return false;
        }
      }
      return true;
    }

    /** Who only waits is helped by creations; who could not go even then, by a pod elsewhere. */
    @Override
    public Verdict.Reject objection(Site site) {
      Skew broken =
          skews.stream()
              .filter(skew -> !skew.counts(site) || skew.excess(site) > 0)
              .findFirst()
              .orElseThrow();
      return new Verdict.Reject(
          reason(broken, site),
          Set.of(
              broken.isPassing(site) ? new Cure.PodCreated(namespace) : new Cure.PodCame(namespace),
              new Cure.PodLeft(namespace),
              new Cure.NodeChanged(site.id())));
    }

    @Override
    public void placed(Site site) {
      for (Skew skew : skews) {
        skew.placed(site);
      }
    }

    @Override
    public boolean pins() {
      return true;
    }

    private String reason(Skew broken, Site site) {
      for (Skew skew : skews) {
        SpreadConstraint constraint = skew.constraint();
        if (!site.labels().containsKey(constraint.topologyKey())) {
          return "missing the label %s of a topology spread constraint"
              .formatted(constraint.topologyKey());
        }
      }
      return broken.reason(site);
    }
  }
}
