package io.viking.scheduler.zone;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who is in which zone, assumed placements included. Pods are counted by {@link Crowd}: a question
 * costs as much as there are crowds with the rarest label that it names, not as there are pods.
 * Confined to one thread.
 */
public final class Population {
  /**
   * What required affinity of a placed pod is worth to those that it asks for, as upstream has it
   * ({@code hardPodAffinityWeight}).
   */
  public static final int REQUIRED_WEIGHT = 1;

  /**
   * Where one pod counts.
   *
   * @param created the cloud has its instance
   */
  public record Spot(String zone, Crowd crowd, boolean created) {
    boolean isSamePlace(Spot other) {
      return zone.equals(other.zone) && crowd.equals(other.crowd);
    }
  }

  private final Map<String, Spot> spots = new HashMap<>();
  private final Map<Crowd, Headcount> crowds = new HashMap<>();
  private final Map<Workload, Multiset<String>> workloads = new HashMap<>();
  private final Multiset<String> residents = HashMultiset.create();
  private final Map<String, CrowdIndex> byNamespace = new HashMap<>();
  private Optional<CrowdIndex> everywhere = Optional.empty();
  private final TermIndex guards = new TermIndex();
  private final TermIndex pulls = new TermIndex();
  private final Namespaces namespaces = new Namespaces();

  /** Counts a pod in a zone that was given it just now. Gives where it was before. */
  public Optional<Spot> put(String uid, String zone, Crowd crowd) {
    return put(uid, zone, crowd, false);
  }

  /**
   * Counts a pod in a zone, and no longer where it was before. Gives where that was.
   *
   * @param isCreated the cloud has its instance
   */
  public Optional<Spot> put(String uid, String zone, Crowd crowd, boolean isCreated) {
    Spot now = new Spot(zone, crowd, isCreated);
    Optional<Spot> before = Optional.ofNullable(spots.put(uid, now));
    if (before.filter(now::isSamePlace).isEmpty()) {
      before.ifPresent(this::subtract);
      add(now);
    } else if (before.get().created() != isCreated) {
      Headcount there = crowds.get(crowd);
      if (there != null) {
        there.created.setCount(zone, there.created.count(zone) + (isCreated ? 1 : -1));
      }
    }
    return before;
  }

  public Optional<Spot> remove(String uid) {
    Optional<Spot> before = Optional.ofNullable(spots.remove(uid));
    before.ifPresent(this::subtract);
    return before;
  }

  /** The answer to a question as it would be without one of the pods. */
  public <T> T without(String uid, Supplier<T> question) {
    Optional<Spot> own = remove(uid);
    try {
      return question.get();
    } finally {
      own.ifPresent(spot -> put(uid, spot.zone(), spot.crowd(), spot.created()));
    }
  }

  public Optional<Spot> find(String uid) {
    return Optional.ofNullable(spots.get(uid));
  }

  /** The namespaces' labels, by which scopes choose. */
  public Namespaces namespaces() {
    return namespaces;
  }

  /** How many of a workload's pods are in a zone, those on their way out left out. */
  public int count(Workload workload, String zone) {
    Multiset<String> zones = workloads.get(workload);
    return zones == null ? 0 : zones.count(zone);
  }

  /** The same, in all zones. */
  public int count(Workload workload) {
    Multiset<String> zones = workloads.get(workload);
    return zones == null ? 0 : zones.size();
  }

  /** How many pods of all workloads are in a zone, those on their way out left out. */
  public int residents(String zone) {
    return residents.count(zone);
  }

  /** Zones by how many pods are there of all that a scope looks at. */
  public Multiset<String> count(PodScope scope) {
    return count(scope, _ -> true);
  }

  /** The same, of the crowds that pass. */
  public Multiset<String> count(PodScope scope, Predicate<Crowd> test) {
    return sum(scope, test, there -> there.zones);
  }

  /** The same, but without pods whose instance the cloud does not have yet. */
  public Multiset<String> countCreated(PodScope scope, Predicate<Crowd> test) {
    return sum(scope, test, there -> there.created);
  }

  /** Whether a scope looks at pods of a crowd. */
  public boolean matches(PodScope scope, Crowd crowd) {
    return scope.match().test(crowd.labels()) && namespaces.covers(scope, crowd.namespace());
  }

  /** Required anti-affinity of those who are there against pods of a crowd. */
  public List<HeldTerm> guardsAgainst(Crowd crowd) {
    return on(guards, crowd);
  }

  /** What those who are there wish of pods of a crowd: near them, or away. */
  public List<HeldTerm> pullsOn(Crowd crowd) {
    return on(pulls, crowd);
  }

  /** Pods that have a zone. */
  public int size() {
    return spots.size();
  }

  private Multiset<String> sum(
      PodScope scope, Predicate<Crowd> test, Function<Headcount, Multiset<String>> counts) {
    var sum = HashMultiset.<String>create();
    Consumer<Headcount> add =
        there -> {
          if (test.test(there.crowd)) {
            counts
                .apply(there)
                .entrySet()
                .forEach(zone -> sum.add(zone.getElement(), zone.getCount()));
          }
        };
    if (scope.namespaceMatch().nothing()) {
      for (String namespace : scope.namespaces()) {
        CrowdIndex index = byNamespace.get(namespace);
        if (index != null) {
          index.forEach(scope.match(), add);
        }
      }
    } else {
      everywhere()
          .forEach(
              scope.match(),
              there -> {
                if (namespaces.covers(scope, there.crowd.namespace())) {
                  add.accept(there);
                }
              });
    }
    return sum;
  }

  private List<HeldTerm> on(TermIndex terms, Crowd crowd) {
    var found = new ArrayList<HeldTerm>();
    terms.forEach(crowd.namespace(), crowd.labels(), namespaces, found::add);
    return found;
  }

  private CrowdIndex everywhere() {
    CrowdIndex all = everywhere.orElseGet(() -> new CrowdIndex(crowds.values()));
    everywhere = Optional.of(all);
    return all;
  }

  private void add(Spot spot) {
    Crowd crowd = spot.crowd();
    Headcount there = crowds.get(crowd);
    if (there == null) {
      there = new Headcount(crowd);
      crowds.put(crowd, there);
      byNamespace.computeIfAbsent(crowd.namespace(), _ -> new CrowdIndex(List.of())).add(there);
      if (everywhere.isPresent()) {
        everywhere.get().add(there);
      }
    }
    there.zones.add(spot.zone());
    if (spot.created()) {
      there.created.add(spot.zone());
    }
    forEachTerm(spot, TermIndex::add);
    if (!crowd.terminating()) {
      residents.add(spot.zone());
      workloads.computeIfAbsent(crowd.workload(), _ -> HashMultiset.create()).add(spot.zone());
    }
  }

  private void subtract(Spot spot) {
    Crowd crowd = spot.crowd();
    Headcount there = crowds.get(crowd);
    if (there != null) {
      there.zones.remove(spot.zone());
      if (spot.created()) {
        there.created.remove(spot.zone());
      }
      if (there.zones.isEmpty()) {
        crowds.remove(crowd);
        forget(there);
      }
    }
    forEachTerm(spot, TermIndex::remove);
    if (!crowd.terminating()) {
      residents.remove(spot.zone());
      Multiset<String> own = workloads.getOrDefault(crowd.workload(), HashMultiset.create());
      own.remove(spot.zone());
      if (own.isEmpty()) {
        workloads.remove(crowd.workload());
      }
    }
  }

  private void forget(Headcount gone) {
    everywhere.ifPresent(all -> all.remove(gone));
    String namespace = gone.crowd.namespace();
    CrowdIndex index = byNamespace.get(namespace);
    if (index != null) {
      index.remove(gone);
      if (index.isEmpty()) {
        byNamespace.remove(namespace);
      }
    }
  }

  private interface Change {
    void apply(TermIndex terms, String namespace, int weight, AffinityTerm term, String zone);
  }

  private void forEachTerm(Spot spot, Change change) {
    String namespace = spot.crowd().namespace();
    var ties = spot.crowd().ties();
    ties.away().forEach(term -> change.apply(guards, namespace, 0, term, spot.zone()));
    ties.near().forEach(term -> change.apply(pulls, namespace, REQUIRED_WEIGHT, term, spot.zone()));
    ties.preferred()
        .forEach(wish -> change.apply(pulls, namespace, wish.weight(), wish.term(), spot.zone()));
  }
}
