package io.viking.cli.lifecycle;

import com.google.gson.GsonBuilder;
import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.output.OutputFormat;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryOwner;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    header = "Show what runs: processes, loops, the cloud, pods and instances.",
    description = "Exit code 0: ready; 1: runs, but a part of it is not ready; 3: nothing runs.",
    footerHeading = "%nExamples:%n",
    footer = {"  viking status", "  viking status -o json | jq .state"})
public final class StatusCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputFormat output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    DataDirectory directory = cluster.directory();
    Optional<StatusReport> report = StatusClient.ask(directory);
    if (report.isEmpty()) {
      throw notRunning(directory);
    }
    var out = spec.commandLine().getOut();
    switch (output) {
      case TABLE ->
          out.print(StatusText.of(report.get(), directory.path(), Clock.systemUTC().instant()));
      case JSON -> out.println(new GsonBuilder().setPrettyPrinting().create().toJson(report.get()));
    }
    out.flush();
    return report.get().state().equals("ready") ? ExitCode.OK : ExitCode.FAILED;
  }

  private CommandFailure notRunning(DataDirectory directory) {
    Optional<DataDirectoryOwner> owner = directory.owner();
    if (owner.isPresent()) {
      return new CommandFailure(
          "process %d holds %s and does not answer yet: it is starting or stopping (viking logs%s shows which)."
              .formatted(owner.get().pid(), directory.path(), cluster.flag()));
    }
    List<Component> orphans =
        ControlPlanes.inspect(directory, Clock.systemUTC()).stream()
            .filter(component -> component.state() == Component.State.ORPHANED)
            .toList();
    if (!orphans.isEmpty()) {
      return new CommandFailure(
          ExitCode.NOT_RUNNING,
          "viking itself is gone, but %s of it still run: \"viking up%s\" takes over, \"viking down%s\" stops them."
              .formatted(
                  String.join(", ", orphans.stream().map(Component::name).toList()),
                  cluster.flag(),
                  cluster.flag()));
    }
    return new CommandFailure(
        ExitCode.NOT_RUNNING,
        "nothing runs on %s: start it with \"viking up%s\"."
            .formatted(directory.path(), cluster.flag()));
  }
}
