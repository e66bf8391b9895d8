package io.viking.syncer.network.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Service.
 *
 * @param isHeadless its clusterIP is "None"
 * @param clusterIps without "None"
 * @param affinity how long a client keeps its pod; empty: sessionAffinity is None
 * @param balancedAt what its status says of its load balancer: addresses, or host names
 * @param conditions of its status
 */
public record Service(
    ObjectMeta meta,
    Type type,
    boolean isHeadless,
    List<String> clusterIps,
    List<ServicePort> ports,
    String externalName,
    Optional<Duration> affinity,
    String loadBalancerClass,
    List<String> sourceRanges,
    List<StatusIngress> balancedAt,
    List<StatusCondition> conditions) {

  /** As in {@code spec.type}. */
  public enum Type {
    CLUSTER_IP,
    NODE_PORT,
    LOAD_BALANCER,
    EXTERNAL_NAME
  }

  public Service {
    clusterIps = List.copyOf(clusterIps);
    ports = List.copyOf(ports);
    sourceRanges = List.copyOf(sourceRanges);
    balancedAt = List.copyOf(balancedAt);
    conditions = List.copyOf(conditions);
  }

  public NamespacedName name() {
    return meta.name();
  }

  /** The same, without what changes when nobody asks for anything else. */
  public Service declared() {
    return new Service(
        meta.declared(),
        type,
        isHeadless,
        clusterIps,
        ports,
        externalName,
        affinity,
        loadBalancerClass,
        sourceRanges,
        List.of(),
        List.of());
  }
}
