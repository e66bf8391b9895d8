package io.viking.syncer.kubelet;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a container has a log to read, in the kubelet's words. Pure. */
sealed interface LogTarget {
  record Found(String uid) implements LogTarget {}

  record Refused(int status, String message) implements LogTarget {}

  /**
   * @param pod empty: there is none of that name on a zone node
   */
  static LogTarget of(Optional<V1Pod> pod, String name, String container, boolean previous) {
    if (pod.isEmpty()) {
      return new Refused(404, "pod \"" + name + "\" does not exist");
    }
    JsonObject json = KubeJson.gson().toJsonTree(pod.get()).getAsJsonObject();
    JsonObject spec = Json.object(json, "spec").orElseGet(JsonObject::new);
    boolean exists =
        Stream.of("containers", "initContainers", "ephemeralContainers")
            .flatMap(kind -> Json.objects(spec, kind).stream())
            .anyMatch(c -> Json.string(c, "name").equals(container));
    if (!exists) {
      return new Refused(
          404, "container \"%s\" not found in pod \"%s\"".formatted(container, name));
    }
    String which = "container \"%s\" in pod \"%s\"".formatted(container, name);
    JsonObject podStatus = Json.object(json, "status").orElseGet(JsonObject::new);
    List<JsonObject> statuses =
        Stream.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")
            .flatMap(kind -> Json.objects(podStatus, kind).stream())
            .filter(s -> Json.string(s, "name").equals(container))
            .toList();
    if (statuses.isEmpty()) {
      // No status was written yet; a kubelet's own would say the same of a pod just accepted.
      return new Refused(400, which + " is waiting to start: ContainerCreating");
    }
    JsonObject status = statuses.getFirst();
    JsonObject state = Json.object(status, "state").orElseGet(JsonObject::new);
    boolean endedBefore =
        Json.object(status, "lastState")
            .flatMap(last -> Json.object(last, "terminated"))
            .isPresent();
    if (previous && !endedBefore) {
      return new Refused(400, "previous terminated " + which + " not found");
    }
    Optional<JsonObject> waiting = Json.object(state, "waiting");
    if (!previous && waiting.isPresent() && !endedBefore) {
      return new Refused(
          400, which + " is waiting to start: " + why(Json.string(waiting.get(), "reason")));
    }
    JsonObject metadata = Json.object(json, "metadata").orElseGet(JsonObject::new);
    return new Found(Json.string(metadata, "uid"));
  }

  private static String why(String reason) {
    return switch (reason) {
      case "ErrImagePull" -> "image can't be pulled";
      case "ImagePullBackOff" -> "trying and failing to pull image";
      default -> reason;
    };
  }
}
