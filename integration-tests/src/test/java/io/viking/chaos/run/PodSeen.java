package io.viking.chaos.run;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A pod as the API server showed it.
 *
 * @param instanceId as its annotation says; empty if it has none yet
 */
record PodSeen(
    String uid,
    String namespace,
    String name,
    String phase,
    boolean ready,
    boolean deleting,
    String instanceId,
    String resourceVersion) {
  static PodSeen of(V1Pod pod) {
    var metadata = Objects.requireNonNull(pod.getMetadata());
    V1PodStatus status = Optional.ofNullable(pod.getStatus()).orElseGet(V1PodStatus::new);
    boolean ready =
        Optional.ofNullable(status.getConditions()).orElseGet(List::of).stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    return new PodSeen(
        Objects.requireNonNull(metadata.getUid()),
        Objects.requireNonNull(metadata.getNamespace()),
        Objects.requireNonNull(metadata.getName()),
        Optional.ofNullable(status.getPhase()).orElse("Pending"),
        ready,
        metadata.getDeletionTimestamp() != null,
        Optional.ofNullable(metadata.getAnnotations())
            .orElseGet(Map::of)
            .getOrDefault("k8s.aliyun.com/eci-instance-id", ""),
        String.valueOf(metadata.getResourceVersion()));
  }

  boolean runs() {
    return phase.equals("Running") && ready && !deleting;
  }

  boolean ended() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
