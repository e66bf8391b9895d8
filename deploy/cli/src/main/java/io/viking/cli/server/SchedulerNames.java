package io.viking.cli.server;

import io.viking.controlplane.ControlPlaneMode;
import io.viking.scheduler.SchedulerConfig;
import java.util.Set;

/** Which pods the scheduler of a cluster takes. */
final class SchedulerNames {
  private SchedulerNames() {}

  /** A cluster that is not ours has kube-scheduler for the pods that do not name us. */
  static Set<String> of(ControlPlaneMode mode) {
    return mode == ControlPlaneMode.EXTERNAL
        ? Set.of("viking")
        : SchedulerConfig.DEFAULTS.schedulerNames();
  }

  static SchedulerConfig config(ControlPlaneMode mode) {
    return SchedulerConfig.DEFAULTS.withSchedulerNames(of(mode));
  }
}
