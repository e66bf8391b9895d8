package io.viking.cli.alone;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "adapter",
    header = "Serve a cloud to schedulers and syncers in other processes.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SimCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  viking adapter sim --listen unix:/run/viking/cloud.sock"})
public final class AdapterCommand implements Runnable {
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
