package io.viking.adapter.sim.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All instances that stand in lists, by key and in the order of their making. */
final class Registry {
  private static final class Cluster {
    final Map<String, SimInstance> byUid = new HashMap<>();
    final NavigableMap<Long, SimInstance> bySerial = new TreeMap<>();
  }

  private final Map<String, Cluster> clusters = new TreeMap<>();

  Optional<SimInstance> find(String cluster, String uid) {
    return Optional.ofNullable(clusters.get(cluster)).map(c -> c.byUid.get(uid));
  }

  /** None if it is of a later attempt than that. */
  Optional<SimInstance> find(String cluster, String uid, int attempt) {
    return find(cluster, uid).filter(instance -> instance.order.getAttempt() <= attempt);
  }

  void add(SimInstance instance) {
    Cluster cluster = clusters.computeIfAbsent(instance.cluster, ignored -> new Cluster());
    cluster.byUid.put(instance.order.getUid(), instance);
    cluster.bySerial.put(instance.serial, instance);
  }

  void remove(SimInstance instance) {
    Cluster cluster = clusters.get(instance.cluster);
    if (cluster != null) {
      cluster.byUid.remove(instance.order.getUid(), instance);
      cluster.bySerial.remove(instance.serial);
      if (cluster.bySerial.isEmpty()) {
        clusters.remove(instance.cluster);
      }
    }
  }

  /** Those made after that serial, oldest first; a view, to be read at once. */
  Collection<SimInstance> after(String cluster, long serial) {
    return Optional.ofNullable(clusters.get(cluster))
        .map(c -> c.bySerial.tailMap(serial, false).values())
        .orElseGet(List::of);
  }

  List<SimInstance> all() {
    return clusters.values().stream().flatMap(c -> c.bySerial.values().stream()).toList();
  }
}
