package io.viking.syncer.pods.status;

import io.viking.cloud.v1.InstancePhase;
import java.util.List;

/** The phase of a pod, as the kubelet derives it; it never goes back. */
final class Phases {
  private Phases() {}

  static String of(
      String present,
      InstancePhase instance,
      List<ContainerReport> inits,
      List<ContainerReport> apps) {
    return later(
        present,
        switch (instance) {
          case INSTANCE_PHASE_SUCCEEDED -> "Succeeded";
          case INSTANCE_PHASE_FAILED -> "Failed";
          case INSTANCE_PHASE_RUNNING,
              INSTANCE_PHASE_PENDING,
              INSTANCE_PHASE_UNSPECIFIED,
              UNRECOGNIZED ->
              alive(inits, apps);
        });
  }

  /** Of a pod that has not ended: Pending until every container has been started once. */
  private static String alive(List<ContainerReport> inits, List<ContainerReport> apps) {
    boolean anyAppRan = apps.stream().anyMatch(ContainerReport::hasRun);
    boolean initsPending = !anyAppRan && !inits.stream().allMatch(ContainerReport::isInitialized);
    boolean allAppsRan = apps.stream().allMatch(ContainerReport::hasRun);
    return initsPending || !allAppsRan || !anyAppRan ? "Pending" : "Running";
  }

  /** Of a pod that ends because it is deleted. Sidecars never decide. */
  static String ended(String present, List<ContainerReport> apps) {
    boolean allSucceeded =
        !apps.isEmpty()
            && apps.stream()
                .allMatch(app -> app.termination().map(t -> t.exitCode() == 0).orElse(false));
    return later(present, allSucceeded ? "Succeeded" : "Failed");
  }

  private static String later(String present, String next) {
    return rank(next) > rank(present) ? next : present;
  }

  private static int rank(String phase) {
    return switch (phase) {
      case "Pending" -> 1;
      case "Running" -> 2;
      case "Succeeded", "Failed" -> 3;
      default -> 0;
    };
  }
}
