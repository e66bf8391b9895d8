package io.viking.cli.server;

import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.scheduler.SchedulerConfig;
import java.util.Set;

/** Which pods the scheduler of a cluster takes. */
final class SchedulerNames {
  /** What a pod of a hybrid cluster names to choose zones. */
  private static final String OURS = "viking";

  private SchedulerNames() {}

  /** Whether kube-scheduler serves the cluster, too: it is not ours, or was asked for. */
  static boolean isHybrid(ControlPlaneMode mode, ControlPlaneOptions options) {
    return mode == ControlPlaneMode.EXTERNAL || options.hybrid();
  }

  /** kube-scheduler has the pods that do not name us. */
  static Set<String> of(ControlPlaneMode mode, ControlPlaneOptions options) {
    return isHybrid(mode, options) ? Set.of(OURS) : SchedulerConfig.DEFAULTS.schedulerNames();
  }

  static SchedulerConfig config(ControlPlaneMode mode, ControlPlaneOptions options) {
    return SchedulerConfig.DEFAULTS.withSchedulerNames(of(mode, options));
  }
}
