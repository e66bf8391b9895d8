package io.viking.system.overload;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1Node;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.Selection;
import io.viking.system.Cluster;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Follows the zones' Nodes and their leases: none may ever be late, or seem to be gone. */
final class NodeWitness implements AutoCloseable {
  private final WatchedCache<V1Node> nodes;
  private final WatchedCache<V1Lease> leases;
  private final List<String> unready = new ArrayList<>();
  private Duration longest = Duration.ZERO;
  private int renewals;

  NodeWitness(Cluster cluster) {
    this.nodes = cluster.watch(ResourceType.NODES, Selection.ALL);
    this.leases = cluster.watch(ResourceType.LEASES, Selection.namespace("kube-node-lease"));
    nodes.subscribe(this::hearNode);
    leases.subscribe(this::hearLease);
    nodes.start();
    leases.start();
  }

  /** Every sight of a Node that was not Ready. */
  synchronized List<String> unready() {
    return List.copyOf(unready);
  }

  /** Between two renewals of one lease, by what its holder wrote. */
  synchronized Duration longestPause() {
    return longest;
  }

  /** How many were seen: that it saw something at all. */
  synchronized int renewals() {
    return renewals;
  }

  private synchronized void hearNode(CacheEvent<V1Node> event) {
    switch (event) {
      case CacheEvent.Added<V1Node>(V1Node node) -> look(node);
      case CacheEvent.Updated<V1Node>(V1Node _, V1Node node) -> look(node);
      case CacheEvent.Deleted<V1Node>(V1Node node, boolean _) ->
          unready.add(node.getMetadata().getName() + " is deleted");
      case CacheEvent.Synced<V1Node>() -> {}
    }
  }

  private void look(V1Node node) {
    node.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .filter(condition -> !condition.getStatus().equals("True"))
        .forEach(
            condition ->
                unready.add(node.getMetadata().getName() + " is Ready=" + condition.getStatus()));
  }

  private synchronized void hearLease(CacheEvent<V1Lease> event) {
    if (event instanceof CacheEvent.Updated<V1Lease>(V1Lease before, V1Lease now)) {
      OffsetDateTime last = before.getSpec().getRenewTime();
      Duration pause = Duration.between(last, now.getSpec().getRenewTime());
      longest = pause.compareTo(longest) > 0 ? pause : longest;
      renewals++;
    }
  }

  @Override
  public void close() {
    nodes.close();
    leases.close();
  }
}
