package io.viking.cli.bench;

import io.viking.bench.process.ObservedProcess;
import io.viking.bench.session.BenchTarget;
import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.server.AdapterAccess;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.data.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      return new BenchTarget(kubeconfig, () -> List.of(itself()), BenchTarget.CloudGlance.none());
    }
    DataDirectory directory = cluster.directory();
    StatusReport status =
        StatusClient.ask(directory)
            .filter(report -> !report.kubeconfig().isEmpty())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.NOT_RUNNING,
                        "nothing runs on %s: start it with \"viking up%s --detach\", or name a cluster with --kubeconfig."
                            .formatted(directory.path(), cluster.flag())));
    return new BenchTarget(
        kubeconfig(directory, status),
        () -> processes(directory),
        new CloudInstances(new AdapterAccess(directory, Clock.systemUTC()), status));
  }

  /**
   * The loops' own where they have one, so that the floor and what we are compared with are known
   * to the API server by a token as well: that is cheaper for it than a certificate.
   */
  private static Path kubeconfig(DataDirectory directory, StatusReport status) {
    return Files.exists(directory.loopsKubeconfig()) && !status.controlPlane().equals("external")
        ? directory.loopsKubeconfig()
        : Path.of(status.kubeconfig());
  }

  private static List<ObservedProcess> processes(DataDirectory directory) {
    var processes = new ArrayList<ObservedProcess>();
    Optional<StatusReport> status = StatusClient.ask(directory);
    status.ifPresent(
        report -> {
          processes.add(new ObservedProcess("viking", report.pid()));
          report.parts().stream()
              .filter(part -> part.pid() > 0 && part.pid() != report.pid())
              .forEach(part -> processes.add(new ObservedProcess(part.name(), part.pid())));
        });
    processes.add(itself());
    return processes;
  }

  private static ObservedProcess itself() {
    return new ObservedProcess("bench", ProcessHandle.current().pid());
  }
}
