package io.viking.controlplane.upstream;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * A {@code KubeSchedulerConfiguration}: no election among one, and no throttling of itself; its own
 * default is 50 calls a second.
 *
 * @param profile the one {@code spec.schedulerName} whose pods it takes
 * @param callsPerSecond to the API server; twice as many in a burst
 * @param plugins arguments of plug-ins, by name; the others are as upstream has them
 */
public record SchedulerConfiguration(
    Path kubeconfig, String profile, int callsPerSecond, Map<String, Map<String, Object>> plugins) {
  private static final String VERSION = "kubescheduler.config.k8s.io/v1";

  public SchedulerConfiguration {
    plugins = Map.copyOf(plugins);
  }

  /** With the plug-ins of upstream, as they are. */
  public static SchedulerConfiguration plain(Path kubeconfig, String profile, int callsPerSecond) {
    return new SchedulerConfiguration(kubeconfig, profile, callsPerSecond, Map.of());
  }

  /** Keeps its pods to nodes that match, whatever they tolerate and their own affinity says. */
  SchedulerConfiguration keepingTo(Map<String, Object> nodeExpression) {
    return new SchedulerConfiguration(
        kubeconfig,
        profile,
        callsPerSecond,
        Map.of(
            "NodeAffinity",
            Map.of(
                "apiVersion",
                VERSION,
                "kind",
                "NodeAffinityArgs",
                "addedAffinity",
                Map.of(
                    "requiredDuringSchedulingIgnoredDuringExecution",
                    Map.of(
                        "nodeSelectorTerms",
                        List.of(Map.of("matchExpressions", List.of(nodeExpression))))))));
  }

  /** The file that {@code --config} takes. */
  public String yaml() {
    return new Yaml()
        .dump(
            Map.of(
                "apiVersion",
                VERSION,
                "kind",
                "KubeSchedulerConfiguration",
                "leaderElection",
                Map.of("leaderElect", false),
                "clientConnection",
                Map.of(
                    "kubeconfig",
                    kubeconfig.toString(),
                    "qps",
                    callsPerSecond,
                    "burst",
                    2 * callsPerSecond),
                "profiles",
                List.of(
                    Map.of(
                        "schedulerName",
                        profile,
                        "pluginConfig",
                        plugins.entrySet().stream()
                            .map(
                                plugin ->
                                    Map.of("name", plugin.getKey(), "args", plugin.getValue()))
                            .toList()))));
  }
}
