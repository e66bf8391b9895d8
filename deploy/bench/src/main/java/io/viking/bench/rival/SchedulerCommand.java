package io.viking.bench.rival;

import io.viking.controlplane.upstream.Binaries;
import io.viking.controlplane.upstream.SchedulerConfiguration;
import java.nio.file.Path;
import java.util.List;

/**
 * What kube-scheduler is told: no elections among one, a profile of its own so that it takes no
 * pods but the storm's, and no throttling of itself. Its plug-ins are the usual ones.
 */
final class SchedulerCommand {
  /** {@code spec.schedulerName} of the pods that are its. */
  static final String PROFILE = "kube-scheduler";

  private SchedulerCommand() {}

  static List<String> of(Binaries binaries, RivalDirectory directory, int port) {
    return List.of(
        binaries.binary(Binaries.SCHEDULER).toString(),
        "--config=" + directory.schedulerConfiguration(),
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + directory.certificates());
  }

  static String configuration(Path kubeconfig, RivalSettings settings) {
    return SchedulerConfiguration.plain(kubeconfig, PROFILE, settings.callsPerSecond()).yaml();
  }
}
