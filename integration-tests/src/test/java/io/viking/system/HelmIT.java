package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chart's life: what Helm waits for, reads and removes. */
class HelmIT {
  private static final Path CHART =
      Path.of("src", "test", "resources", "io", "viking", "system", "chart").toAbsolutePath();

  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";
  private Path binary = Path.of("");

  @BeforeEach
  void makeNamespace() throws Exception {
    binary = Helm.required();
    namespace = cluster.newNamespace("helm");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    if (!namespace.isEmpty()) {
      cluster.deleteNamespace(namespace);
    }
  }

  @Test
  void chart_isInstalled_upgradedAndUninstalled() throws Exception {
    assertThat(helm("install", "shop", CHART.toString(), "--wait", "--timeout", "120s"))
        .contains("STATUS: deployed");
    assertThat(readyReplicas()).isEqualTo(2);
    assertThat(cluster.batch().readNamespacedJob("shop-migrate", namespace).execute().getStatus())
        .returns(1, status -> status.getSucceeded());
    Await.until(
        "what the HPA asks for at least",
        () ->
            Integer.valueOf(2)
                .equals(
                    cluster
                        .apps()
                        .readNamespacedDeployment("shop-web", namespace)
                        .execute()
                        .getStatus()
                        .getReadyReplicas()));

    assertThat(
            helm(
                "upgrade",
                "shop",
                CHART.toString(),
                "--set=replicas=3,colour=blue",
                "--wait",
                "--timeout=120s"))
        .contains("REVISION: 2");
    assertThat(readyReplicas()).isEqualTo(3);
    assertThat(cluster.pods(namespace))
        .filteredOn(pod -> pod.getMetadata().getName().startsWith("shop-db-"))
        .allSatisfy(
            pod -> assertThat(pod.getMetadata().getAnnotations()).containsEntry("colour", "blue"));
    OneToOne.check(cluster, namespace);

    assertThat(helm("uninstall", "shop", "--wait", "--timeout=120s")).contains("uninstalled");
    // Helm waits for what it made, and pods go after their owners. Hooks are not the release's.
    Await.until(
        "no pods but the hook's",
        () ->
            cluster.pods(namespace).stream()
                .allMatch(pod -> pod.getMetadata().getName().startsWith("shop-migrate")));
  }

  private int readyReplicas() throws Exception {
    return cluster
        .apps()
        .readNamespacedStatefulSet("shop-db", namespace)
        .execute()
        .getStatus()
        .getReadyReplicas();
  }

  private String helm(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(binary.toString(), "--namespace", namespace));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("helm", ".out");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put(
            "KUBECONFIG",
            DataDirectory.resolve(
                    Optional.of(SharedViking.process().dataDirectory()), Environment.system())
                .adminKubeconfig()
                .toString());
    try {
      Process process = builder.redirectOutput(output.toFile()).start();
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("helm has ended").isTrue();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
