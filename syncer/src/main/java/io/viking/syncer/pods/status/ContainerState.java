package io.viking.syncer.pods.status;

import java.time.Instant;
import java.util.Optional;

/** What a container does, in the words of core/v1. */
sealed interface ContainerState {
  record Waiting(String reason, String message) implements ContainerState {}

  record Running(Optional<Instant> startedAt) implements ContainerState {}

  record Terminated(
      int exitCode,
      int signal,
      String reason,
      String message,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      String containerId)
      implements ContainerState {

    /**
     * How the kubelet reports a container whose end nobody saw: killed, as far as anyone can tell.
     */
    static Terminated unknown() {
      return new Terminated(
          137,
          0,
          "ContainerStatusUnknown",
          "The container could not be located when the pod was terminated",
          Optional.empty(),
          Optional.empty(),
          "");
    }
  }

  /** The state of a container that nothing is known of yet. */
  static Waiting creating(boolean podHasInitContainers) {
    return new Waiting(podHasInitContainers ? "PodInitializing" : "ContainerCreating", "");
  }
}
