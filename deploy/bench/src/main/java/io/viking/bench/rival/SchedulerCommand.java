package io.viking.bench.rival;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.viking.controlplane.upstream.Binaries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What kube-scheduler is told: no elections among one, a profile of its own so that it takes no
 * pods but the storm's, and no throttling of itself. Its plug-ins are the usual ones.
 */
final class SchedulerCommand {
  /** {@code spec.schedulerName} of the pods that are its. */
  static final String PROFILE = "kube-scheduler";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private SchedulerCommand() {}

  static List<String> of(Binaries binaries, RivalDirectory directory, int port) {
    return List.of(
        binaries.binary(Binaries.SCHEDULER).toString(),
        "--config=" + directory.schedulerConfiguration(),
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + directory.certificates());
  }

  /** A {@code KubeSchedulerConfiguration}; JSON is YAML, and quotes every path. */
  static String configuration(Path kubeconfig, RivalSettings settings) {
    return GSON.toJson(
        Map.of(
            "apiVersion",
            "kubescheduler.config.k8s.io/v1",
            "kind",
            "KubeSchedulerConfiguration",
            "leaderElection",
            Map.of("leaderElect", false),
            "clientConnection",
            Map.of(
                "kubeconfig",
                kubeconfig.toString(),
                "qps",
                settings.callsPerSecond(),
                "burst",
                2 * settings.callsPerSecond()),
            "profiles",
            List.of(Map.of("schedulerName", PROFILE))));
  }
}
