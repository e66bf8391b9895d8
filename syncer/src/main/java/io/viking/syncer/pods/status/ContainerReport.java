package io.viking.syncer.pods.status;

import io.viking.syncer.pods.status.ContainerState.Running;
import io.viking.syncer.pods.status.ContainerState.Terminated;
import io.viking.syncer.pods.status.ContainerState.Waiting;
import java.util.Optional;

/**
 * One container of a pod and what is known of it.
 *
 * @param lastTermination how the start before this one ended
 * @param started passed its startup probe, or has none and runs
 */
record ContainerReport(
    String name,
    Role role,
    ContainerState state,
    Optional<Terminated> lastTermination,
    boolean ready,
    boolean started,
    int restartCount,
    String image,
    String imageId,
    String containerId) {

  enum Role {
    APP,
    /** Runs to its end before the next one. */
    INIT,
    /** An init container with restartPolicy Always: runs beside the app containers. */
    SIDECAR
  }

  static ContainerReport waiting(String name, Role role, String image, Waiting state) {
    return new ContainerReport(name, role, state, Optional.empty(), false, false, 0, image, "", "");
  }

  /** Whether it ran at some time: the kubelet's line between "waiting" and "between restarts". */
  boolean hasRun() {
    return switch (state) {
      case Running _, Terminated _ -> true;
      case Waiting _ -> lastTermination.isPresent();
    };
  }

  boolean isRunning() {
    return state instanceof Running;
  }

  Optional<Terminated> termination() {
    return state instanceof Terminated terminated ? Optional.of(terminated) : Optional.empty();
  }

  /** For an init container: whether the next one may start. */
  boolean isInitialized() {
    return switch (role) {
      case SIDECAR -> started;
      case INIT -> termination().map(t -> t.exitCode() == 0).orElse(false);
      case APP -> true;
    };
  }

  ContainerReport with(ContainerState newState) {
    return new ContainerReport(
        name,
        role,
        newState,
        lastTermination,
        false,
        false,
        restartCount,
        image,
        imageId,
        containerId);
  }

  /** The container once its pod has ended: what did not end by itself ended unseen. */
  ContainerReport ended() {
    return switch (state) {
      case Terminated _ -> this;
      case Running _ -> with(Terminated.unknown());
      case Waiting _ -> lastTermination.isPresent() ? with(Terminated.unknown()) : this;
    };
  }
}
