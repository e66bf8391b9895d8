package io.viking.cli.cloud;

import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "gc",
    header = "Show, or let go, instances that have no pod and are held.",
    description =
        "An instance without a pod is deleted by itself. But if more than ten, and more than a fifth"
            + " of all, seem to have lost their pods at once, as after an old backup was restored,"
            + " they are held until you have looked and confirm.",
    footerHeading = "%nExamples:%n",
    footer = {"  viking cloud gc", "  viking cloud gc --confirm"})
final class GcCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(names = "--confirm", description = "Their pods are gone for good: delete the instances.")
  private boolean confirm;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    int held =
        confirm
            ? StatusClient.collectOrphans(cluster.directory()).orElseThrow(this::notRunning)
            : StatusClient.ask(cluster.directory())
                .map(StatusReport::orphansHeld)
                .orElseThrow(this::notRunning);
    spec.commandLine().getOut().println(sentence(held, confirm));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  static String sentence(int held, boolean confirmed) {
    if (held == 0) {
      return "No instance is held.";
    }
    String instances = held == 1 ? "1 instance" : held + " instances";
    return confirmed
        ? "Letting go of " + instances + " whose pods are gone."
        : instances + " held: their pods are not in the API server. \"--confirm\" deletes them.";
  }

  private CommandFailure notRunning() {
    return new CommandFailure(
        ExitCode.NOT_RUNNING,
        "nothing runs on %s: start it with \"viking up%s\"."
            .formatted(cluster.directory().path(), cluster.flag()));
  }
}
