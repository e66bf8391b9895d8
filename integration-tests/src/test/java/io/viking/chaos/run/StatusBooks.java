package io.viking.chaos.run;

import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No status is lost: what the cloud says of an instance stands in the pod's status. */
record StatusBooks(List<V1Pod> pods, List<Instance> instances) {
  private static final Map<InstancePhase, String> PHASES =
      Map.of(
          InstancePhase.INSTANCE_PHASE_PENDING, "Pending",
          InstancePhase.INSTANCE_PHASE_RUNNING, "Running",
          InstancePhase.INSTANCE_PHASE_SUCCEEDED, "Succeeded",
          InstancePhase.INSTANCE_PHASE_FAILED, "Failed");

  /** By UID, what differs; of pods that are being deleted nothing is written any more. */
  List<String> differences() {
    Map<String, Instance> latest = new HashMap<>();
    instances.forEach(
        one -> latest.merge(one.getUid(), one, (a, b) -> a.getAttempt() > b.getAttempt() ? a : b));
    var differences = new ArrayList<String>();
    for (V1Pod pod : pods) {
      PodSeen seen = PodSeen.of(pod);
      Optional<Instance> instance = Optional.ofNullable(latest.get(seen.uid()));
      if (!seen.deleting() && instance.isPresent()) {
        compare(seen, status(pod), instance.get())
            .forEach(
                what ->
                    differences.add(
                        "%s: pod %s/%s: %s"
                            .formatted(seen.uid(), seen.namespace(), seen.name(), what)));
      }
    }
    return differences;
  }

  private static List<String> compare(PodSeen pod, V1PodStatus status, Instance instance) {
    var differences = new ArrayList<String>();
    differ(differences, "phase", pod.phase(), PHASES.getOrDefault(instance.getPhase(), "?"));
    if (instance.getPhase() == InstancePhase.INSTANCE_PHASE_PENDING) {
      // How it starts is written only if it lasts.
      return differences;
    }
    differ(differences, "instance", pod.instanceId(), instance.getInstanceId());
    if (instance.getPhase() == InstancePhase.INSTANCE_PHASE_RUNNING) {
      differ(
          differences,
          "address",
          String.valueOf(status.getPodIP()),
          instance.getAddressesList().stream().findFirst().orElse(""));
      differ(
          differences,
          "Ready",
          Boolean.toString(pod.ready()),
          Boolean.toString(
              instance.getContainersList().stream().allMatch(ContainerStatus::getReady)));
    }
    Map<String, V1ContainerStatus> told = new HashMap<>();
    Optional.ofNullable(status.getContainerStatuses())
        .orElseGet(List::of)
        .forEach(one -> told.put(one.getName(), one));
    for (ContainerStatus container : instance.getContainersList()) {
      differ(
          differences,
          "container " + container.getName(),
          Optional.ofNullable(told.get(container.getName())).map(StatusBooks::text).orElse(""),
          text(container));
    }
    return differences;
  }

  private static void differ(List<String> to, String what, String told, String is) {
    if (!told.equals(is)) {
      to.add("%s is %s, and %s in the cloud".formatted(what, told, is));
    }
  }

  private static String text(V1ContainerStatus status) {
    return Optional.ofNullable(status.getState()).map(StatusBooks::text).orElse("unknown")
        + ", restarts "
        + status.getRestartCount();
  }

  private static String text(V1ContainerState state) {
    if (state.getTerminated() != null) {
      return "ended with " + state.getTerminated().getExitCode();
    }
    return state.getRunning() == null ? "waiting" : "running";
  }

  private static String text(ContainerStatus status) {
    String state =
        switch (status.getStateCase()) {
          case RUNNING -> "running";
          case TERMINATED -> "ended with " + status.getTerminated().getExitCode();
          case WAITING, STATE_NOT_SET -> "waiting";
        };
    return state + ", restarts " + status.getRestartCount();
  }

  private static V1PodStatus status(V1Pod pod) {
    return Optional.ofNullable(pod.getStatus()).orElseGet(V1PodStatus::new);
  }
}
