package io.viking.cli.lifecycle;

import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.controlplane.data.DataDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "down",
    header = "Stop the cluster and keep all that is in it.",
    description = {
      "Pods, instances and the account are there again after the next \"viking up\".",
      "Stops what holds the data directory's lock, and also the processes that a killed \"viking up\""
          + " left behind."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  viking down", "  viking down --timeout 10 --force"})
public final class DownCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for a clean end (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(names = "--force", description = "Kill it if it has not ended by then.")
  private boolean force;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = cluster.directory();
    Shutdown.Outcome outcome =
        Shutdown.run(directory, Duration.ofSeconds(timeoutSeconds), force, Clock.systemUTC());
    var out = spec.commandLine().getOut();
    out.println(
        switch (outcome) {
          case Shutdown.Outcome.NothingRan none -> "Nothing runs on " + directory.path() + ".";
          case Shutdown.Outcome.Stopped stopped ->
              "Stopped process %d after %.1f s; \"viking up%s\" starts the cluster as it was."
                  .formatted(stopped.pid(), stopped.took().toMillis() / 1000.0, cluster.flag());
          case Shutdown.Outcome.Killed killed ->
              "Killed process %d, which had not ended within %d s."
                  .formatted(killed.pid(), timeoutSeconds);
          case Shutdown.Outcome.OrphansStopped orphans ->
              "Stopped what a killed viking had left behind: "
                  + String.join(", ", orphans.names())
                  + ".";
          case Shutdown.Outcome.StillRunning running ->
              throw new CommandFailure(
                  "process %d was asked to stop and still runs after %d s: wait for it, or kill it with \"viking down --force%s\"."
                      .formatted(running.pid(), timeoutSeconds, cluster.flag()));
        });
    out.flush();
    return ExitCode.OK;
  }
}
