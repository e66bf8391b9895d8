package io.viking.cli.lifecycle;

import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import java.io.Console;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "reset",
    header = "Stop the cluster and delete all that is in it.",
    description =
        "Deletes what viking put into the data directory: objects, instances, the account, keys and"
            + " logs. Built binaries stay in the cache. Asks first.",
    footerHeading = "%nExamples:%n",
    footer = {"  viking reset", "  viking reset --yes && viking up"})
public final class ResetCommand implements Callable<Integer> {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = cluster.directory();
    var out = spec.commandLine().getOut();
    if (!Files.exists(directory.path())) {
      out.println("There is nothing at " + directory.path() + ".");
      out.flush();
      return ExitCode.OK;
    }
    if (!directory.exists()) {
      throw new CommandFailure(
          directory.path() + " is no data directory of viking: nothing was deleted.");
    }
    if (!yes && !confirmed(directory)) {
      throw new CommandFailure("nothing was deleted.");
    }
    Clock clock = Clock.systemUTC();
    if (Shutdown.run(directory, STOP_WITHIN, true, clock)
        instanceof Shutdown.Outcome.StillRunning running) {
      throw new CommandFailure(
          "process %d still runs and could not be killed: nothing was deleted."
              .formatted(running.pid()));
    }
    try (DataDirectoryLock lock = directory.acquire(clock)) {
      ControlPlanes.reset(lock, clock);
    }
    out.println("Deleted the cluster in " + directory.path() + ".");
    out.flush();
    return ExitCode.OK;
  }

  private static boolean confirmed(DataDirectory directory) {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isEmpty()) {
      throw new CommandFailure(
          "would delete the cluster in %s and cannot ask here: say --yes if that is meant."
              .formatted(directory.path()));
    }
    String answer = terminal.get().readLine("Delete the cluster in %s? [y/N] ", directory.path());
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
