package io.viking.simulation.api;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What the server itself puts on objects: at their creation, and on pods at their binding. */
final class Admission {
  /** Of a Node, copied to the pods that are bound to it. */
  private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

  private Admission() {}

  /** The object as it is stored, but for its resource version. */
  static <T extends KubernetesObject> T created(
      T object, Class<T> type, String namespace, long serial, Instant now) {
    V1ObjectMeta metadata =
        Copies.of(object.getMetadata())
            .uid(new UUID(0x4000L, 0x8000_0000_0000_0000L | serial).toString())
            .creationTimestamp(time(now))
            .deletionTimestamp(null)
            .deletionGracePeriodSeconds(null);
    if (!namespace.isEmpty()) {
      metadata.setNamespace(namespace);
    }
    if (!(object instanceof V1Pod pod)) {
      return Copies.with(object, type, metadata);
    }
    var status = new V1PodStatus().phase("Pending").qosClass("BestEffort");
    V1PodSpec spec = pod.getSpec();
    if (spec != null && !Present.list(spec.getSchedulingGates()).isEmpty()) {
      status.addConditionsItem(
          new V1PodCondition()
              .type("PodScheduled")
              .status("False")
              .reason("SchedulingGated")
              .message("Scheduling is blocked due to non-empty scheduling gates"));
    }
    return type.cast(Copies.of(pod, metadata.generation(1L), status));
  }

  /** A pod as its binding leaves it. */
  static V1Pod bound(
      V1Pod pod,
      Specs specs,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations,
      Instant now) {
    V1ObjectMeta metadata = Copies.of(Present.metadata(pod));
    var newLabels = new TreeMap<>(labels);
    newLabels.put(ZONE_LABEL, node);
    newLabels.putAll(Present.map(metadata.getLabels()));
    var newAnnotations = new TreeMap<>(Present.map(metadata.getAnnotations()));
    newAnnotations.putAll(annotations);
    V1PodStatus status = Copies.of(Present.status(pod));
    status.setConditions(scheduled(Present.list(status.getConditions()), now));
    V1Pod bound = Copies.of(pod, metadata.labels(newLabels).annotations(newAnnotations), status);
    V1PodSpec spec = pod.getSpec();
    bound.setSpec(specs.bound(spec == null ? new V1PodSpec() : spec, node));
    return bound;
  }

  /** A pod as its eviction marks it, before it is deleted; empty: it is marked already. */
  static Optional<V1Pod> disrupted(V1Pod pod, Instant now) {
    V1PodStatus status = Copies.of(Present.status(pod));
    var conditions = new ArrayList<>(Present.list(status.getConditions()));
    if (conditions.stream().anyMatch(one -> "DisruptionTarget".equals(one.getType()))) {
      return Optional.empty();
    }
    conditions.add(
        new V1PodCondition()
            .type("DisruptionTarget")
            .status("True")
            .reason("EvictionByEvictionAPI")
            .message("Eviction API: evicting")
            .lastTransitionTime(time(now)));
    status.setConditions(conditions);
    return Optional.of(Copies.of(pod, Copies.of(Present.metadata(pod)), status));
  }

  private static List<V1PodCondition> scheduled(List<V1PodCondition> present, Instant now) {
    var conditions = new ArrayList<V1PodCondition>();
    present.stream()
        .filter(condition -> !"PodScheduled".equals(condition.getType()))
        .forEach(conditions::add);
    conditions.add(
        new V1PodCondition().type("PodScheduled").status("True").lastTransitionTime(time(now)));
    return conditions;
  }

  private static OffsetDateTime time(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
  }
}
