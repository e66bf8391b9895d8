package io.viking.bench.rival;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.viking.controlplane.upstream.Binaries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What KWOK is told: to play the nodes of this run and no others, to keep their leases as kubelets
 * do, to bring pods to Running as fast as it can, and to log its troubles only.
 */
public final class KwokCommand {
  /** As kubelets' leases. */
  private static final int LEASE_SECONDS = 40;

  /** Room for millions of addresses: its own default has 254. */
  private static final String ADDRESSES = "10.64.0.0/10";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private KwokCommand() {}

  /**
   * @param configuration the file that holds {@link #configuration(String, RivalSettings)}
   */
  public static List<String> of(Binaries binaries, Path configuration, Path kubeconfig, int port) {
    return List.of(
        binaries.binary(Binaries.KWOK).toString(),
        "--config=" + configuration,
        "--kubeconfig=" + kubeconfig,
        "--server-address=127.0.0.1:" + port,
        "--v=WARN");
  }

  /**
   * A {@code KwokConfiguration} and the stages that it plays, as documents of one file.
   *
   * @param nodes the label that its nodes have: {@code key=value}
   */
  public static String configuration(String nodes, RivalSettings settings) {
    String options =
        GSON.toJson(
            Map.of(
                "apiVersion",
                "config.kwok.x-k8s.io/v1alpha1",
                "kind",
                "KwokConfiguration",
                "options",
                Map.of(
                    "manageNodesWithLabelSelector",
                    nodes,
                    "nodeLeaseDurationSeconds",
                    LEASE_SECONDS,
                    "nodeLeaseParallelism",
                    settings.nodes(),
                    "nodePlayStageParallelism",
                    settings.nodes(),
                    "podPlayStageParallelism",
                    settings.pods(),
                    "cidr",
                    ADDRESSES)));
    return options + "\n---\n" + stages();
  }

  private static String stages() {
    try (InputStream in = KwokCommand.class.getResourceAsStream("stages.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the jar has no stages.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
