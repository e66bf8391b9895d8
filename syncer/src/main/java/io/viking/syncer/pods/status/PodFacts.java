package io.viking.syncer.pods.status;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodReadinessGate;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.syncer.pods.status.ContainerReport.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the status functions read of a pod; the one place where its model is opened, but for the
 * status, which {@link PresentStatus} opens.
 *
 * @param generation empty before Kubernetes 1.33
 */
record PodFacts(
    String uid,
    OptionalLong generation,
    List<ContainerSpec> initContainers,
    List<ContainerSpec> containers,
    List<String> readinessGates,
    Map<String, String> labels,
    Map<String, String> annotations,
    PresentStatus status) {

  record ContainerSpec(String name, Role role, String image) {}

  static PodFacts of(V1Pod pod) {
    V1ObjectMeta metadata = Objects.requireNonNullElseGet(pod.getMetadata(), V1ObjectMeta::new);
    V1PodSpec spec = Objects.requireNonNullElseGet(pod.getSpec(), V1PodSpec::new);
    Long generation = metadata.getGeneration();
    return new PodFacts(
        Objects.requireNonNullElse(metadata.getUid(), ""),
        generation == null || generation == 0 ? OptionalLong.empty() : OptionalLong.of(generation),
        specs(spec.getInitContainers(), Role.INIT),
        specs(spec.getContainers(), Role.APP),
        gates(spec.getReadinessGates()),
        Objects.requireNonNullElseGet(metadata.getLabels(), Map::of),
        Objects.requireNonNullElseGet(metadata.getAnnotations(), Map::of),
        new PresentStatus(Objects.requireNonNullElseGet(pod.getStatus(), V1PodStatus::new)));
  }

  private static List<String> gates(@Nullable List<V1PodReadinessGate> gates) {
    if (gates == null || gates.isEmpty()) {
      return List.of();
    }
    List<String> types = new ArrayList<>(gates.size());
    gates.forEach(gate -> types.add(Objects.requireNonNullElse(gate.getConditionType(), "")));
    return types;
  }

  private static List<ContainerSpec> specs(@Nullable List<V1Container> containers, Role role) {
    if (containers == null || containers.isEmpty()) {
      return List.of();
    }
    List<ContainerSpec> specs = new ArrayList<>(containers.size());
    for (V1Container container : containers) {
      boolean sidecar = role == Role.INIT && "Always".equals(container.getRestartPolicy());
      specs.add(
          new ContainerSpec(
              Objects.requireNonNullElse(container.getName(), ""),
              sidecar ? Role.SIDECAR : role,
              Objects.requireNonNullElse(container.getImage(), "")));
    }
    return specs;
  }

  boolean hasInitContainers() {
    return !initContainers.isEmpty();
  }

  String phase() {
    return status.phase();
  }

  boolean isTerminal() {
    return phase().equals("Succeeded") || phase().equals("Failed");
  }
}
