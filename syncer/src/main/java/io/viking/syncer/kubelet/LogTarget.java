package io.viking.syncer.kubelet;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.syncer.pods.json.Json;
import java.util.Optional;

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
    ContainerView view = ContainerView.of(pod.get(), container);
    if (view.spec().isEmpty()) {
      return new Refused(
          404, "container \"%s\" not found in pod \"%s\"".formatted(container, name));
    }
    String which = "container \"%s\" in pod \"%s\"".formatted(container, name);
    if (view.status().isEmpty()) {
      // No status was written yet; a kubelet's own would say the same of a pod just accepted.
      return new Refused(400, which + " is waiting to start: ContainerCreating");
    }
    boolean endedBefore = view.lastTermination().isPresent();
    if (previous && !endedBefore) {
      return new Refused(400, "previous terminated " + which + " not found");
    }
    Optional<JsonObject> waiting = view.state("waiting");
    if (!previous && waiting.isPresent() && !endedBefore) {
      return new Refused(
          400, which + " is waiting to start: " + why(Json.string(waiting.get(), "reason")));
    }
    return new Found(view.uid());
  }

  private static String why(String reason) {
    return switch (reason) {
      case "ErrImagePull" -> "image can't be pulled";
      case "ImagePullBackOff" -> "trying and failing to pull image";
      default -> reason;
    };
  }
}
