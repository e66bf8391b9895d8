package io.viking.scheduler.zone;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multiset;
import com.google.common.collect.SetMultimap;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.Workload;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is in which zone, assumed placements included. Pods are counted by {@link Crowd}: a question
 * costs as much as there are crowds, not pods. Confined to one thread.
 */
public final class Population {
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
  private final Map<Crowd, Multiset<String>> crowds = new HashMap<>();
  private final Map<Crowd, Multiset<String>> created = new HashMap<>();
  private final Map<Workload, Multiset<String>> workloads = new HashMap<>();
  private final SetMultimap<String, Crowd> namespaces = LinkedHashMultimap.create();
  private final Set<Crowd> guards = new LinkedHashSet<>();

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
      countCreated(before.get(), -1);
      countCreated(now, 1);
    }
    return before;
  }

  public Optional<Spot> remove(String uid) {
    Optional<Spot> before = Optional.ofNullable(spots.remove(uid));
    before.ifPresent(this::subtract);
    return before;
  }

  public Optional<Spot> find(String uid) {
    return Optional.ofNullable(spots.get(uid));
  }

  /** How many of a workload's pods are in a zone, those on their way out left out. */
  public int count(Workload workload, String zone) {
    Multiset<String> zones = workloads.get(workload);
    return zones == null ? 0 : zones.count(zone);
  }

  /** Zones by how many pods of the crowds that pass are there. */
  public Multiset<String> count(Predicate<Crowd> test) {
    var sum = HashMultiset.<String>create();
    crowds.forEach(
        (crowd, zones) -> {
          if (test.test(crowd)) {
            sum.addAll(zones);
          }
        });
    return sum;
  }

  /** The same, of one namespace. */
  public Multiset<String> count(String namespace, Predicate<Crowd> test) {
    return sum(crowds, namespace, test);
  }

  /** The same, but for pods whose instance the cloud does not have yet. */
  public Multiset<String> countCreated(String namespace, Predicate<Crowd> test) {
    return sum(created, namespace, test);
  }

  /** Crowds that keep others away, with the zones that they are in. */
  public Set<Crowd> guards() {
    return guards;
  }

  public Set<String> zonesOf(Crowd crowd) {
    return zones(crowd).elementSet();
  }

  public int size() {
    return spots.size();
  }

  private Multiset<String> zones(Crowd crowd) {
    return crowds.getOrDefault(crowd, HashMultiset.create());
  }

  private Multiset<String> sum(
      Map<Crowd, Multiset<String>> counters, String namespace, Predicate<Crowd> test) {
    var sum = HashMultiset.<String>create();
    for (Crowd crowd : namespaces.get(namespace)) {
      Multiset<String> zones = counters.get(crowd);
      if (zones != null && test.test(crowd)) {
        sum.addAll(zones);
      }
    }
    return sum;
  }

  private void countCreated(Spot spot, int change) {
    if (!spot.created()) {
      return;
    }
    Multiset<String> zones = created.computeIfAbsent(spot.crowd(), _ -> HashMultiset.create());
    zones.setCount(spot.zone(), zones.count(spot.zone()) + change);
    if (zones.isEmpty()) {
      created.remove(spot.crowd());
    }
  }

  private void add(Spot spot) {
    countCreated(spot, 1);
    Crowd crowd = spot.crowd();
    Multiset<String> zones = crowds.get(crowd);
    if (zones == null) {
      zones = HashMultiset.create();
      crowds.put(crowd, zones);
      namespaces.put(crowd.namespace(), crowd);
      if (!crowd.antiAffinity().isEmpty()) {
        guards.add(crowd);
      }
    }
    zones.add(spot.zone());
    if (!crowd.terminating()) {
      workloads.computeIfAbsent(crowd.workload(), _ -> HashMultiset.create()).add(spot.zone());
    }
  }

  private void subtract(Spot spot) {
    countCreated(spot, -1);
    Crowd crowd = spot.crowd();
    Multiset<String> zones = zones(crowd);
    zones.remove(spot.zone());
    if (zones.isEmpty()) {
      crowds.remove(crowd);
      namespaces.remove(crowd.namespace(), crowd);
      guards.remove(crowd);
    }
    if (!crowd.terminating()) {
      Multiset<String> own = workloads.getOrDefault(crowd.workload(), HashMultiset.create());
      own.remove(spot.zone());
      if (own.isEmpty()) {
        workloads.remove(crowd.workload());
      }
    }
  }
}
