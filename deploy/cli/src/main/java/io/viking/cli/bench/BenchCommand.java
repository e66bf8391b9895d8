package io.viking.cli.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    header = "Measure a cluster: storms of pods, next to what its API server allows.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StormCommand.class, CompareCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  viking bench storm", "  viking bench storm --pods 3000", "  viking bench compare"})
public final class BenchCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(
        command, "Missing command: one of " + String.join(", ", command.getSubcommands().keySet()));
  }
}
