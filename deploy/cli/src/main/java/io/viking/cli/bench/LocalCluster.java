package io.viking.cli.bench;

import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.bench.process.ObservedProcess;
import io.viking.bench.session.BenchTarget;
import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.server.AdapterAccess;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cluster that runs on a data directory of this machine. */
public record LocalCluster(DataDirectory directory, StatusReport status) {
  /**
   * @param orElse what else could be done, for the sentence
   * @throws CommandFailure if nothing runs there
   */
  public static LocalCluster of(ClusterOption cluster, String orElse) {
    DataDirectory directory = cluster.directory();
    return StatusClient.ask(directory)
        .filter(report -> !report.kubeconfig().isEmpty())
        .map(status -> new LocalCluster(directory, status))
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.NOT_RUNNING,
                    "nothing runs on %s: start it with \"viking up%s --detach\"%s."
                        .formatted(directory.path(), cluster.flag(), orElse)));
  }

  public BenchTarget target() {
    return new BenchTarget(kubeconfig(), this::processes, new CloudInstances(access(), status));
  }

  /**
   * A channel to its cloud; the caller closes it.
   *
   * @throws CommandFailure if there is none
   */
  public AdapterChannel cloud() {
    try {
      return access().open(status.adapter());
    } catch (IOException e) {
      throw new CommandFailure(
          "the cloud adapter at %s cannot be reached: %s."
              .formatted(status.adapter(), e.getMessage()),
          e);
    }
  }

  /** The metrics of {@code viking up}; empty if it does not answer. */
  public String metrics() {
    return StatusClient.metrics(directory).orElse("");
  }

  private AdapterAccess access() {
    return new AdapterAccess(directory, Clock.systemUTC());
  }

  /**
   * Of an administrator whom the API server knows by a token, where there is one: the loops are
   * known so, and for the floor and what we are compared with a certificate would cost it more.
   */
  private Path kubeconfig() {
    return Files.exists(directory.operatorKubeconfig()) && status.controlPlane().equals("native")
        ? directory.operatorKubeconfig()
        : Path.of(status.kubeconfig());
  }

  private List<ObservedProcess> processes() {
    var processes = new ArrayList<ObservedProcess>();
    Optional<StatusReport> now = StatusClient.ask(directory);
    now.ifPresent(
        report -> {
          processes.add(new ObservedProcess("viking", report.pid()));
          report.parts().stream()
              .filter(part -> part.pid() > 0 && part.pid() != report.pid())
              .forEach(part -> processes.add(new ObservedProcess(part.name(), part.pid())));
        });
    processes.add(itself());
    return processes;
  }

  static ObservedProcess itself() {
    return new ObservedProcess("bench", ProcessHandle.current().pid());
  }
}
