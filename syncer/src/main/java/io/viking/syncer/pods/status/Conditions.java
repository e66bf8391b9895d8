package io.viking.syncer.pods.status;

import io.viking.syncer.pods.status.ContainerReport.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The conditions that a kubelet answers for, from what is known of the containers.
 *
 * <p>Words and rules: {@code pkg/kubelet/status/generate.go} of Kubernetes 1.36.
 */
final class Conditions {
  private Conditions() {}

  /**
   * @param networked whether the sandbox and its network stand
   */
  static List<Condition> of(
      PodFacts pod,
      String phase,
      boolean networked,
      List<ContainerReport> inits,
      List<ContainerReport> apps) {
    Condition containersReady = containersReady(phase, inits, apps);
    return List.of(
        networked
            ? Condition.isTrue("PodReadyToStartContainers")
            : Condition.isFalse("PodReadyToStartContainers", "", ""),
        initialized(phase, inits, apps),
        ready(pod, containersReady),
        containersReady);
  }

  private static Condition initialized(
      String phase, List<ContainerReport> inits, List<ContainerReport> apps) {
    if (phase.equals("Succeeded")) {
      return new Condition("Initialized", true, "PodCompleted", "");
    }
    List<String> incomplete = names(inits, init -> !init.isInitialized());
    if (incomplete.isEmpty() || apps.stream().anyMatch(ContainerReport::hasRun)) {
      return Condition.isTrue("Initialized");
    }
    return Condition.isFalse(
        "Initialized",
        "ContainersNotInitialized",
        "containers with incomplete status: " + goList(incomplete));
  }

  private static Condition containersReady(
      String phase, List<ContainerReport> inits, List<ContainerReport> apps) {
    switch (phase) {
      case "Succeeded" -> {
        return Condition.isFalse("ContainersReady", "PodCompleted", "");
      }
      case "Failed" -> {
        return Condition.isFalse("ContainersReady", "PodFailed", "");
      }
      default -> {
        List<String> unready = names(inits, init -> init.role() == Role.SIDECAR && !init.ready());
        unready.addAll(names(apps, app -> !app.ready()));
        return unready.isEmpty()
            ? Condition.isTrue("ContainersReady")
            : Condition.isFalse(
                "ContainersReady",
                "ContainersNotReady",
                "containers with unready status: " + goList(unready));
      }
    }
  }

  private static Condition ready(PodFacts pod, Condition containersReady) {
    if (!containersReady.status()) {
      return Condition.isFalse("Ready", containersReady.reason(), containersReady.message());
    }
    List<String> closed = new ArrayList<>();
    for (String gate : pod.readinessGates()) {
      String status = pod.status().condition(gate).map(PresentStatus.Told::status).orElse("");
      if (status.isEmpty()) {
        closed.add(
            "corresponding condition of pod readiness gate \"" + gate + "\" does not exist.");
      } else if (!status.equals("True")) {
        closed.add(
            "the status of pod readiness gate \"" + gate + "\" is not \"True\", but " + status);
      }
    }
    return closed.isEmpty()
        ? Condition.isTrue("Ready")
        : Condition.isFalse("Ready", "ReadinessGatesNotReady", String.join(", ", closed));
  }

  private static List<String> names(
      List<ContainerReport> containers, Predicate<ContainerReport> which) {
    List<String> names = new ArrayList<>();
    for (ContainerReport container : containers) {
      if (which.test(container)) {
        names.add(container.name());
      }
    }
    return names;
  }

  /** As Go prints a list: {@code [a b]}. */
  private static String goList(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }
}
