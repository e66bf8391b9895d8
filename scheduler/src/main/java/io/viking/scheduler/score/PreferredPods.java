package io.viking.scheduler.score;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.WeightedTerm;
import io.viking.scheduler.zone.Domains;
import io.viking.scheduler.zone.HeldTerm;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Preferred pod affinity and anti-affinity, both ways as upstream counts them: each pod in a term's
 * domain that the group's own terms match adds the term's weight, and so does each whose terms
 * match the group. Required affinity of who is there counts as a preference of weight 1.
 */
public final class PreferredPods implements ZoneScore {
  @Override
  public String name() {
    return "PreferredPods";
  }

  @Override
  public String words(long cost) {
    return "weight " + -cost;
  }

  @Override
  public Costs open(Request request, Population population, List<Site> sites) {
    Crowd crowd = request.shape().crowd();
    List<WeightedTerm> own = crowd.ties().preferred();
    List<HeldTerm> others = population.pullsOn(crowd);
    List<AffinityTerm> required = crowd.ties().near();
    if (own.isEmpty() && others.isEmpty() && required.isEmpty()) {
      return Costs.NONE;
    }
    var pulls = new Pulls(sites);
    for (WeightedTerm wish : own) {
      Pull pull = pulls.on(wish.term().topologyKey());
      pull.weights.add(population.count(wish.term().scope()), wish.weight());
      if (population.matches(wish.term().scope(), crowd)) {
        // The pod that was placed matches the next one's term, and the next one matches its.
        pull.eachPod += 2 * wish.weight();
      }
    }
    for (HeldTerm held : others) {
      pulls.on(held.term().topologyKey()).weights.add(held.zones(), held.weight());
    }
    for (AffinityTerm term : required) {
      if (population.matches(term.scope(), crowd)) {
        pulls.on(term.topologyKey()).eachPod += Population.REQUIRED_WEIGHT;
      }
    }
    return pulls;
  }

  /** Of all terms on one topology key. */
  private static final class Pull {
    private final Domains weights;

    /** What one more pod of the group adds to its own domain. */
    private int eachPod;

    Pull(Domains weights) {
      this.weights = weights;
    }
  }

  private static final class Pulls implements Costs {
    private final List<Site> sites;
    private final Map<String, Pull> byKey = new HashMap<>();
    private final List<Pull> all = new ArrayList<>();

    Pulls(List<Site> sites) {
      this.sites = sites;
    }

    Pull on(String topologyKey) {
      return byKey.computeIfAbsent(
          topologyKey,
          key -> {
            var pull = new Pull(new Domains(key, sites));
            all.add(pull);
            return pull;
          });
    }

    @Override
    public long of(Slot slot) {
      long sum = 0;
      for (int i = 0; i < all.size(); i++) {
        sum += all.get(i).weights.count(slot.site());
      }
      return -sum;
    }

    @Override
    public void placed(Site site) {
      for (Pull pull : all) {
        pull.weights.add(site, pull.eachPod);
      }
    }
  }
}
