package io.viking.system;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.WatchedCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows one namespace's pods, change by change, and keeps how far the numbers of created pods of
 * the zones ever were apart.
 */
final class SpreadWitness implements AutoCloseable {
  private final String namespace;
  private final List<String> zones;
  private final WatchedCache<V1Pod> pods;
  private final Map<String, String> createdIn = new HashMap<>();
  private int widest;
  private final List<String> widestSeen = new ArrayList<>();
  private int changes;

  SpreadWitness(Cluster cluster, String namespace, Collection<String> zones) {
    this.namespace = namespace;
    this.zones = List.copyOf(zones);
    this.pods = cluster.watchPods();
    pods.subscribe(this::hear);
    pods.start();
  }

  /** The largest difference between two zones so far. */
  synchronized int widest() {
    return widest;
  }

  /** What it looked like whenever the difference grew. */
  synchronized List<String> history() {
    return List.copyOf(widestSeen);
  }

  /** How many changes were looked at: that it saw something at all. */
  synchronized int changes() {
    return changes;
  }

  private synchronized void hear(CacheEvent<V1Pod> event) {
    switch (event) {
      case CacheEvent.Added<V1Pod>(V1Pod pod) -> seen(pod);
      case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> seen(pod);
      case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean _) ->
          createdIn.remove(pod.getMetadata().getUid());
      case CacheEvent.Synced<V1Pod>() -> {}
    }
  }

  private void seen(V1Pod pod) {
    if (!namespace.equals(pod.getMetadata().getNamespace())) {
      return;
    }
    changes++;
    String zone = pod.getMetadata().getLabels().get("topology.kubernetes.io/zone");
    if (zone == null || pod.getMetadata().getDeletionTimestamp() != null || !isCreated(pod)) {
      createdIn.remove(pod.getMetadata().getUid());
      return;
    }
    createdIn.put(pod.getMetadata().getUid(), zone);
    var counts = new TreeMap<String, Integer>();
    zones.forEach(each -> counts.put(each, 0));
    createdIn.values().forEach(each -> counts.merge(each, 1, Integer::sum));
    int width = Collections.max(counts.values()) - Collections.min(counts.values());
    if (width > widest) {
      widest = width;
      widestSeen.add(counts.toString());
    }
  }

  static boolean isCreated(V1Pod pod) {
    V1PodStatus status = pod.getStatus();
    return "Running".equals(status.getPhase())
        || status.getPodIP() != null
        || Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("ContainerInstanceCreated")
                        && condition.getStatus().equals("True"));
  }

  @Override
  public void close() {
    pods.close();
  }
}
