package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.syncer.pods.status.SpotReclaim;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The events of a pod's life, in the kubelet's words: Created and Started on the way up, Killing on
 * the way down, and a warning for what goes wrong. Told at the step that does it, never again after
 * a restart.
 */
final class Telling {
  private Telling() {}

  static Tell created(Instance instance) {
    return Tell.normal(
        "Created",
        "Created container instance "
            + instance.getInstanceId()
            + (instance.getInstanceType().isEmpty() ? "" : " of type " + instance.getInstanceType())
            + (instance.getZone().isEmpty() ? "" : " in zone " + instance.getZone()));
  }

  static void ofTransition(PodMachine before, PodMachine after, Moment moment, List<Tell> tells) {
    Goal goal = after.facts().goal();
    Optional<Instance> was = before.facts().cloud().instance();
    Optional<Instance> is = after.facts().cloud().instance();
    boolean first = before.facts().pod().isEmpty();
    if (first
        && goal == Goal.LEAVE
        && after.facts().pod().filter(PodObject::isDaemon).isPresent()) {
      tells.add(
          Tell.warning(
              "DaemonSetPod",
              "This pod of a DaemonSet is left Pending: a zone is no machine; keep the DaemonSet off"
                  + " zones with a required node affinity: node-role.kubernetes.io/zone DoesNotExist"));
    }
    if (goal == Goal.RUN && was.filter(Telling::isPending).isPresent()) {
      is.filter(Telling::isRunning).ifPresent(i -> tells.add(started(i)));
    }
    if (goal == Goal.RUN && !is.equals(was)) {
      is.ifPresent(i -> tells.addAll(ContainerTrouble.news(was, i)));
    }
    if (goal == Goal.RUN && isExpiring(after.state()) && !isExpiring(before.state())) {
      Expiry.of(after, moment)
          .ifPresent(expiry -> tells.add(Tell.normal(expiry.reason(), expiry.message())));
    }
    if (was.flatMap(SpotReclaim::announced).isEmpty()) {
      is.ifPresent(
          i ->
              SpotReclaim.announced(i)
                  .map(at -> Tell.warning(SpotReclaim.NOTICE, SpotReclaim.message(i, at)))
                  .ifPresent(tells::add));
    }
    if ((goal == Goal.STOP || goal == Goal.RUN)
        && after.state() instanceof PodState.Stopping
        && !(before.state() instanceof PodState.Stopping)
        && after.facts().cloud().lives()) {
      tells.add(Tell.normal("Killing", "Stopping " + containers(is.orElseThrow())));
    }
    if (after.state() instanceof PodState.Retrying retrying
        && before.state() instanceof PodState.Running) {
      retrying.trouble().flatMap(Telling::notCreated).ifPresent(tells::add);
    }
    if (after.state() instanceof PodState.Lost && !(before.state() instanceof PodState.Lost)) {
      tells.add(
          Tell.warning(
              "InstanceLost", "The container instance of this pod is gone: the pod has failed"));
    }
  }

  /** While a pod is to run nothing else stops or ends it. */
  private static boolean isExpiring(PodState state) {
    return state instanceof PodState.Stopping || state instanceof PodState.Ending;
  }

  private static Optional<Tell> notCreated(Trouble trouble) {
    return switch (trouble) {
      case Trouble.NotCreated(String _, String message) ->
          Optional.of(Tell.warning("FailedCreate", message));
      case Trouble.Fatal(String _, String message) ->
          Optional.of(Tell.warning("FailedCreate", message));
      case Trouble.Waiting _ -> Optional.empty();
    };
  }

  private static Tell started(Instance instance) {
    return Tell.normal("Started", "Started " + containers(instance));
  }

  private static String containers(Instance instance) {
    List<ContainerStatus> containers = instance.getContainersList();
    return (containers.size() > 1 ? "containers " : "container ")
        + containers.stream().map(ContainerStatus::getName).collect(Collectors.joining(", "));
  }

  private static boolean isPending(Instance instance) {
    return instance.getPhase() == InstancePhase.INSTANCE_PHASE_PENDING;
  }

  private static boolean isRunning(Instance instance) {
    return instance.getPhase() == InstancePhase.INSTANCE_PHASE_RUNNING;
  }
}
