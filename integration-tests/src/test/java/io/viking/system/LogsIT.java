package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.pod;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs travel from the cloud through the kubelet's API and the API server. */
class LogsIT {
  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("logs");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void logs_ofARunningPod_sayWhatItIs() throws Exception {
    cluster.core().createNamespacedPod(namespace, pod("web", container("nginx"))).execute();
    awaitPhase("web", "Running");

    String log = cluster.core().readNamespacedPodLog("web", namespace).execute();

    assertThat(log).contains("simulated").contains("nginx").contains(namespace + "/web");
  }

  @Test
  void followedLogs_endWhenTheContainerDoes() throws Exception {
    var job = pod("short", Map.of("sim.viking.io/run-seconds", "5"));
    job.getSpec().restartPolicy("Never");
    cluster.core().createNamespacedPod(namespace, job).execute();
    Await.until(
        "a container that runs or ran",
        () ->
            cluster
                .pod(namespace, "short")
                .orElseThrow()
                .getStatus()
                .getContainerStatuses()
                .stream()
                .anyMatch(status -> status.getState().getWaiting() == null));

    var call = cluster.core().readNamespacedPodLog("short", namespace).follow(true).buildCall(null);
    var lines = new StringBuilder();
    try (var response = call.execute();
        var reader =
            new BufferedReader(
                new InputStreamReader(response.body().byteStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(line -> lines.append(line).append('\n'));
    }

    assertThat(lines).contains("simulated").contains("exit");
    awaitPhase("short", "Succeeded");
  }

  private void awaitPhase(String name, String phase) {
    Await.until(
        name + " " + phase,
        () -> phase.equals(cluster.pod(namespace, name).orElseThrow().getStatus().getPhase()));
  }
}
