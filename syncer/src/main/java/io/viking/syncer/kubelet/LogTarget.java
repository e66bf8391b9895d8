package io.viking.syncer.kubelet;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.syncer.pods.json.Json;
import java.util.Optional;

/** Whether a container has a log to read, in the kubelet's words. Pure. */
sealed interface LogTarget {
  /**
   * @param uid the pod's
   * @param start how often the container had been started again when it began this log
   */
  record Found(String uid, int start) implements LogTarget {}

  record Refused(int status, String message) implements LogTarget {}

  /** Why a container waits that has no other reason; a kubelet's own says so of a new pod. */
  String CREATING = "ContainerCreating";

  /**
   * @param pod empty: there is none of that name on a zone node
   */
  static LogTarget of(Route.ContainerLogs asked, Optional<V1Pod> pod, boolean previous) {
    if (pod.isEmpty()) {
      return new Refused(404, "pod \"" + asked.pod() + "\" does not exist");
    }
    ContainerView view = ContainerView.of(pod.get(), asked.container());
    if (view.spec().isEmpty()) {
      return new Refused(
          404,
          "container \"%s\" not found in pod \"%s\"".formatted(asked.container(), asked.pod()));
    }
    if (view.status().isEmpty()) {
      return new Refused(400, notStarted(asked.described(), CREATING));
    }
    boolean endedBefore = view.lastTermination().isPresent();
    if (previous && !endedBefore) {
      return new Refused(400, "previous terminated " + asked.described() + " not found");
    }
    Optional<JsonObject> waiting = view.state("waiting");
    if (!previous && waiting.isPresent() && !endedBefore) {
      return new Refused(
          400, notStarted(asked.described(), why(Json.string(waiting.get(), "reason"))));
    }
    return new Found(view.uid(), view.restarts());
  }

  /** Whether the container still runs that writes this log. */
  static boolean goesOn(Route.ContainerLogs asked, Optional<V1Pod> pod, Found log) {
    return pod.map(now -> ContainerView.of(now, asked.container()))
        .filter(view -> view.uid().equals(log.uid()) && view.restarts() == log.start())
        .flatMap(view -> view.state("running"))
        .isPresent();
  }

  static String notStarted(String container, String why) {
    return container + " is waiting to start: " + why;
  }

  private static String why(String reason) {
    return switch (reason) {
      case "ErrImagePull" -> "image can't be pulled";
      case "ImagePullBackOff" -> "trying and failing to pull image";
      default -> reason;
    };
  }
}
