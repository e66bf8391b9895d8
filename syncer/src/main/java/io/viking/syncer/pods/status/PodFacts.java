package io.viking.syncer.pods.status;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.status.ContainerReport.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the status functions read of a pod; the one place where its model is opened.
 *
 * @param generation empty before Kubernetes 1.33
 * @param status the present status as JSON; empty fields are left out
 */
record PodFacts(
    String uid,
    OptionalLong generation,
    List<ContainerSpec> initContainers,
    List<ContainerSpec> containers,
    List<String> readinessGates,
    Map<String, String> labels,
    Map<String, String> annotations,
    JsonObject status) {

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
        Optional.ofNullable(spec.getReadinessGates()).orElseGet(List::of).stream()
            .map(gate -> Objects.requireNonNullElse(gate.getConditionType(), ""))
            .toList(),
        Objects.requireNonNullElseGet(metadata.getLabels(), Map::of),
        Objects.requireNonNullElseGet(metadata.getAnnotations(), Map::of),
        pod.getStatus() == null
            ? new JsonObject()
            : Json.withoutEmpties(KubeJson.gson().toJsonTree(pod.getStatus())).getAsJsonObject());
  }

  private static List<ContainerSpec> specs(
      @org.jspecify.annotations.Nullable List<V1Container> containers, Role role) {
    List<ContainerSpec> specs = new ArrayList<>();
    for (V1Container container : Objects.requireNonNullElseGet(containers, List::<V1Container>of)) {
      boolean sidecar = role == Role.INIT && "Always".equals(container.getRestartPolicy());
      specs.add(
          new ContainerSpec(
              Objects.requireNonNullElse(container.getName(), ""),
              sidecar ? Role.SIDECAR : role,
              Objects.requireNonNullElse(container.getImage(), "")));
    }
    return List.copyOf(specs);
  }

  boolean hasInitContainers() {
    return !initContainers.isEmpty();
  }

  String phase() {
    return Json.string(status, "phase");
  }

  boolean isTerminal() {
    return phase().equals("Succeeded") || phase().equals("Failed");
  }

  /** The present conditions, foreign ones included. */
  List<JsonObject> conditions() {
    return Json.objects(status, "conditions");
  }

  Optional<JsonObject> condition(String type) {
    return conditions().stream().filter(c -> Json.string(c, "type").equals(type)).findFirst();
  }
}
