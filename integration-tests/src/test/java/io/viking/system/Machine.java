package io.viking.system;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.bench.rival.KwokCommand;
import io.viking.bench.rival.RivalSettings;
import io.viking.controlplane.ports.Ports;
import io.viking.controlplane.upstream.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real node of a hybrid cluster, as far as the API server can tell: KWOK plays its kubelet. */
final class Machine implements AutoCloseable {
  private static final String LABEL = "viking-it/machine";

  private final Process kwok;

  private Machine(Process kwok) {
    this.kwok = kwok;
  }

  /**
   * Joins and is Ready.
   *
   * @param zone in which it says that it stands
   */
  static Machine join(VikingProcess viking, Binaries binaries, String name, String zone)
      throws IOException, ApiException {
    Path directory = viking.dataDirectory();
    Path configuration =
        Files.writeString(
            directory.resolve("logs").resolve("kwok.yaml"),
            KwokCommand.configuration(LABEL + "=yes", new RivalSettings(1, 100, 4, 50)));
    viking.cluster().core().createNode(node(name, zone)).execute();
    List<String> command =
        KwokCommand.of(
            binaries,
            configuration,
            directory.resolve("admin.kubeconfig"),
            Ports.free(new SecureRandom()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("logs").resolve("kwok.log").toFile())
            .start();
    Await.until("a Ready machine", () -> isReady(viking.cluster(), name));
    return new Machine(process);
  }

  private static boolean isReady(Cluster cluster, String name) throws ApiException {
    V1Node node = cluster.core().readNode(name).execute();
    boolean ready =
        Optional.ofNullable(node.getStatus().getConditions()).orElse(List.of()).stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    List<?> taints = Optional.<List<?>>ofNullable(node.getSpec().getTaints()).orElse(List.of());
    return ready && taints.isEmpty();
  }

  private static V1Node node(String name, String zone) {
    return new V1Node()
        .metadata(
            new V1ObjectMeta()
                .name(name)
                .labels(
                    Map.of(
                        LABEL,
                        "yes",
                        "kubernetes.io/hostname",
                        name,
                        "kubernetes.io/os",
                        "linux",
                        "topology.kubernetes.io/zone",
                        zone)))
        .spec(new V1NodeSpec());
  }

  @Override
  public void close() {
    kwok.destroy();
  }
}
