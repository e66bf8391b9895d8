package io.viking.cli.bench;

import io.viking.bench.session.BenchTarget;
import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster is measured: the one that runs on a data directory, or that of a kubeconfig. */
public final class BenchClusterOption {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Measure the cluster of this file's current context instead; what its processes use, and"
              + " what its cloud has, is then not known.")
  private @Nullable Path kubeconfig;

  /**
   * @throws CommandFailure if nothing runs on the data directory
   */
  public BenchTarget target() {
    if (kubeconfig != null) {
      return new BenchTarget(
          kubeconfig, () -> List.of(LocalCluster.itself()), BenchTarget.CloudGlance.none());
    }
    return LocalCluster.of(cluster, ", or name a cluster with --kubeconfig").target();
  }
}
