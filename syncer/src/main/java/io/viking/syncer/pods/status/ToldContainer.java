package io.viking.syncer.pods.status;

import static io.viking.syncer.pods.status.PresentStatus.orEmpty;

import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.viking.syncer.pods.status.ContainerState.Running;
import io.viking.syncer.pods.status.ContainerState.Terminated;
import io.viking.syncer.pods.status.ContainerState.Waiting;
import io.viking.syncer.pods.status.PodFacts.ContainerSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One container as the pod's status tells of it. A state that says nothing is none. */
final class ToldContainer {
  private ToldContainer() {}

  static ContainerReport report(PodFacts pod, ContainerSpec spec, V1ContainerStatus status) {
    V1ContainerState last = status.getLastState();
    return new ContainerReport(
        spec.name(),
        spec.role(),
        state(status.getState()).orElseGet(() -> ContainerState.creating(pod.hasInitContainers())),
        last == null ? Optional.empty() : terminated(last.getTerminated()),
        Boolean.TRUE.equals(status.getReady()),
        Boolean.TRUE.equals(status.getStarted()),
        orZero(status.getRestartCount()),
        orEmpty(status.getImage()),
        orEmpty(status.getImageID()),
        orEmpty(status.getContainerID()));
  }

  private static Optional<ContainerState> state(@Nullable V1ContainerState state) {
    if (state == null) {
      return Optional.empty();
    }
    V1ContainerStateRunning running = state.getRunning();
    if (running != null && running.getStartedAt() != null) {
      return Optional.of(new Running(time(running.getStartedAt())));
    }
    Optional<Terminated> terminated = terminated(state.getTerminated());
    return terminated.isPresent() ? Optional.of(terminated.get()) : waiting(state.getWaiting());
  }

  private static Optional<ContainerState> waiting(@Nullable V1ContainerStateWaiting waiting) {
    if (waiting == null) {
      return Optional.empty();
    }
    String reason = orEmpty(waiting.getReason());
    String message = orEmpty(waiting.getMessage());
    return reason.isEmpty() && message.isEmpty()
        ? Optional.empty()
        : Optional.of(new Waiting(reason, message));
  }

  private static Optional<Terminated> terminated(@Nullable V1ContainerStateTerminated ended) {
    return ended == null
        ? Optional.empty()
        : Optional.of(
            new Terminated(
                orZero(ended.getExitCode()),
                orZero(ended.getSignal()),
                orEmpty(ended.getReason()),
                orEmpty(ended.getMessage()),
                time(ended.getStartedAt()),
                time(ended.getFinishedAt()),
                orEmpty(ended.getContainerID())));
  }

  private static Optional<Instant> time(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(t -> t.toInstant().truncatedTo(ChronoUnit.SECONDS));
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
