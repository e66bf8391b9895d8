package io.viking.syncer.kubelet;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.json.Json;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One container of a pod, whatever its kind. Pure.
 *
 * @param uid the pod's
 * @param phase the pod's
 * @param spec empty: the pod has no such container
 * @param status empty: none was written yet
 */
record ContainerView(
    String uid, String phase, Optional<JsonObject> spec, Optional<JsonObject> status) {

  static ContainerView of(V1Pod pod, String container) {
    JsonObject json = KubeJson.gson().toJsonTree(pod).getAsJsonObject();
    JsonObject podStatus = part(json, "status");
    return new ContainerView(
        Json.string(part(json, "metadata"), "uid"),
        Json.string(podStatus, "phase"),
        named(part(json, "spec"), container, "containers", "initContainers", "ephemeralContainers"),
        named(
            podStatus,
            container,
            "containerStatuses",
            "initContainerStatuses",
            "ephemeralContainerStatuses"));
  }

  private static Optional<JsonObject> named(JsonObject in, String name, String... lists) {
    return Stream.of(lists)
        .flatMap(list -> Json.objects(in, list).stream())
        .filter(item -> Json.string(item, "name").equals(name))
        .findFirst();
  }

  private static JsonObject part(JsonObject json, String name) {
    return Json.object(json, name).orElseGet(JsonObject::new);
  }

  /** How it stands now: {@code waiting}, {@code running} or {@code terminated}, if it says. */
  Optional<JsonObject> state(String which) {
    return status
        .flatMap(known -> Json.object(known, "state"))
        .flatMap(state -> Json.object(state, which));
  }

  /** How often it was started again. */
  int restarts() {
    return status.map(known -> Json.number(known, "restartCount")).orElse(0);
  }

  /** How the start before this one ended. */
  Optional<JsonObject> lastTermination() {
    return status
        .flatMap(known -> Json.object(known, "lastState"))
        .flatMap(last -> Json.object(last, "terminated"));
  }
}
