package io.viking.syncer.pods.status;

import com.google.protobuf.Timestamp;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.syncer.pods.status.ContainerReport.Role;
import io.viking.syncer.pods.status.ContainerState.Running;
import io.viking.syncer.pods.status.ContainerState.Terminated;
import io.viking.syncer.pods.status.ContainerState.Waiting;
import io.viking.syncer.pods.status.PodFacts.ContainerSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each container that a pod's spec names, in its order: from the instance, from
 * the pod's own present status, or nothing yet.
 */
final class ContainerReports {
  private ContainerReports() {}

  static List<ContainerReport> fromInstance(
      PodFacts pod, List<ContainerSpec> specs, List<ContainerStatus> statuses) {
    return each(
        specs,
        statuses,
        ContainerStatus::getName,
        (spec, status) -> report(pod, spec, status),
        spec -> nothingKnown(pod, spec));
  }

  static List<ContainerReport> initsOfPod(PodFacts pod) {
    return fromPod(pod, pod.initContainers(), pod.status().initContainers());
  }

  static List<ContainerReport> appsOfPod(PodFacts pod) {
    return fromPod(pod, pod.containers(), pod.status().containers());
  }

  private static List<ContainerReport> fromPod(
      PodFacts pod, List<ContainerSpec> specs, List<V1ContainerStatus> statuses) {
    return each(
        specs,
        statuses,
        V1ContainerStatus::getName,
        (spec, status) -> ToldContainer.report(pod, spec, status),
        spec -> nothingKnown(pod, spec));
  }

  private static <S> List<ContainerReport> each(
      List<ContainerSpec> specs,
      List<S> statuses,
      Function<S, @Nullable String> name,
      BiFunction<ContainerSpec, S, ContainerReport> known,
      Function<ContainerSpec, ContainerReport> unknown) {
    List<ContainerReport> reports = new ArrayList<>(specs.size());
    for (ContainerSpec spec : specs) {
      Optional<S> found = Optional.empty();
      for (int i = 0; i < statuses.size() && found.isEmpty(); i++) {
        S status = statuses.get(i);
        if (spec.name().equals(name.apply(status))) {
          found = Optional.of(status);
        }
      }
      reports.add(found.isPresent() ? known.apply(spec, found.get()) : unknown.apply(spec));
    }
    return reports;
  }

  private static ContainerReport nothingKnown(PodFacts pod, ContainerSpec spec) {
    return ContainerReport.waiting(
        spec.name(), spec.role(), spec.image(), ContainerState.creating(pod.hasInitContainers()));
  }

  private static ContainerReport report(PodFacts pod, ContainerSpec spec, ContainerStatus status) {
    ContainerState state =
        switch (status.getStateCase()) {
          case WAITING ->
              status.getWaiting().getReason().isEmpty()
                  ? ContainerState.creating(pod.hasInitContainers())
                  : new Waiting(status.getWaiting().getReason(), status.getWaiting().getMessage());
          case RUNNING ->
              new Running(
                  time(status.getRunning().hasStartTime(), status.getRunning().getStartTime()));
          case TERMINATED -> terminated(status.getTerminated());
          case STATE_NOT_SET -> ContainerState.creating(pod.hasInitContainers());
        };
    boolean running = state instanceof Running;
    boolean completedInit =
        spec.role() == Role.INIT && state instanceof Terminated t && t.exitCode() == 0;
    return new ContainerReport(
        spec.name(),
        spec.role(),
        state,
        status.hasLastTermination()
            ? Optional.of(terminated(status.getLastTermination()))
            : Optional.empty(),
        completedInit || (running && status.getReady()),
        running && status.getStarted(),
        status.getRestartCount(),
        status.getImage().isEmpty() ? spec.image() : status.getImage(),
        status.getImageId(),
        status.getContainerId());
  }

  private static Terminated terminated(ContainerTerminated ended) {
    return new Terminated(
        ended.getExitCode(),
        ended.getSignal(),
        ended.getReason(),
        ended.getMessage(),
        time(ended.hasStartTime(), ended.getStartTime()),
        time(ended.hasEndTime(), ended.getEndTime()),
        ended.getContainerId());
  }

  /** To the second, as the API server keeps times: what it tells of one is equal to what it got. */
  static Optional<Instant> time(boolean set, Timestamp time) {
    return set ? Optional.of(Instant.ofEpochSecond(time.getSeconds())) : Optional.empty();
  }
}
