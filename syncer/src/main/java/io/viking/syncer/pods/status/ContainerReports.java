package io.viking.syncer.pods.status;

import com.google.gson.JsonObject;
import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.status.ContainerReport.Role;
import io.viking.syncer.pods.status.ContainerState.Running;
import io.viking.syncer.pods.status.ContainerState.Terminated;
import io.viking.syncer.pods.status.ContainerState.Waiting;
import io.viking.syncer.pods.status.PodFacts.ContainerSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of each container that a pod's spec names, in its order: from the instance, from
 * the pod's own present status, or nothing yet.
 */
final class ContainerReports {
  private ContainerReports() {}

  static List<ContainerReport> fromInstance(
      PodFacts pod, List<ContainerSpec> specs, List<ContainerStatus> statuses) {
    return specs.stream()
        .map(
            spec ->
                statuses.stream()
                    .filter(status -> status.getName().equals(spec.name()))
                    .findFirst()
                    .map(status -> report(pod, spec, status))
                    .orElseGet(() -> nothingKnown(pod, spec)))
        .toList();
  }

  static List<ContainerReport> initsOfPod(PodFacts pod) {
    return fromPod(pod, pod.initContainers(), "initContainerStatuses");
  }

  static List<ContainerReport> appsOfPod(PodFacts pod) {
    return fromPod(pod, pod.containers(), "containerStatuses");
  }

  private static List<ContainerReport> fromPod(
      PodFacts pod, List<ContainerSpec> specs, String field) {
    List<JsonObject> present = Json.objects(pod.status(), field);
    return specs.stream()
        .map(
            spec ->
                present.stream()
                    .filter(status -> Json.string(status, "name").equals(spec.name()))
                    .findFirst()
                    .map(status -> report(pod, spec, status))
                    .orElseGet(() -> nothingKnown(pod, spec)))
        .toList();
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

  private static ContainerReport report(PodFacts pod, ContainerSpec spec, JsonObject status) {
    return new ContainerReport(
        spec.name(),
        spec.role(),
        Json.object(status, "state")
            .flatMap(ContainerReports::state)
            .orElseGet(() -> ContainerState.creating(pod.hasInitContainers())),
        Json.object(status, "lastState")
            .flatMap(last -> Json.object(last, "terminated"))
            .map(ContainerReports::terminated),
        Json.flag(status, "ready"),
        Json.flag(status, "started"),
        Json.number(status, "restartCount"),
        Json.string(status, "image"),
        Json.string(status, "imageID"),
        Json.string(status, "containerID"));
  }

  private static Optional<ContainerState> state(JsonObject state) {
    Optional<ContainerState> running =
        Json.object(state, "running").map(r -> new Running(Json.time(r, "startedAt")));
    return running
        .or(() -> Json.object(state, "terminated").map(ContainerReports::terminated))
        .or(
            () ->
                Json.object(state, "waiting")
                    .map(w -> new Waiting(Json.string(w, "reason"), Json.string(w, "message"))));
  }

  private static Terminated terminated(JsonObject ended) {
    return new Terminated(
        Json.number(ended, "exitCode"),
        Json.number(ended, "signal"),
        Json.string(ended, "reason"),
        Json.string(ended, "message"),
        Json.time(ended, "startedAt"),
        Json.time(ended, "finishedAt"),
        Json.string(ended, "containerID"));
  }

  static Optional<Instant> time(boolean set, Timestamp time) {
    return set
        ? Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
        : Optional.empty();
  }
}
