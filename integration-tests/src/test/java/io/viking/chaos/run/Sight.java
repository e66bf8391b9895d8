package io.viking.chaos.run;

import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What both sides have now, from fresh lists.
 *
 * @param instances also those that have ended
 * @param balancers of this cluster
 * @param records of this cluster, in the zone of its Services
 */
record Sight(
    List<V1Node> nodes,
    List<V1Pod> pods,
    List<V1Service> services,
    List<V1Ingress> ingresses,
    List<Instance> instances,
    List<LoadBalancer> balancers,
    List<Record> records) {

  /** What does not add up, each line with the UID or name that it is about; empty if all does. */
  List<String> differences() {
    var differences =
        new ArrayList<>(
            new Books(
                    pods.stream().map(PodSeen::of).toList(),
                    instances.stream().filter(Ledger::lives).toList())
                .differences());
    differences.addAll(new StatusBooks(pods, instances).differences());
    differences.addAll(
        new NetworkBooks(pods, services, ingresses, balancers, records).differences());
    nodes.stream()
        .filter(node -> !isReady(node))
        .forEach(
            node -> differences.add(node.getMetadata().getName() + ": the zone node is not Ready"));
    return differences;
  }

  /** What kept its lease too long, or renewed it in vain, is Unknown. */
  private static boolean isReady(V1Node node) {
    return Optional.ofNullable(node.getStatus()).map(V1NodeStatus::getConditions).stream()
        .flatMap(List::stream)
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** What is left of everything that could be deleted. */
  List<String> remains() {
    var remains = new ArrayList<String>();
    pods.forEach(pod -> remains.add(PodSeen.of(pod).uid() + ": pod is still there"));
    balancers.forEach(
        one -> remains.add(one.getCloudId() + ": load balancer is still there: " + one.getName()));
    return remains;
  }
}
