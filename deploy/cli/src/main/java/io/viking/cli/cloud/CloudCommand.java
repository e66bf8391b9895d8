package io.viking.cli.cloud;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "cloud",
    header = "Show the cloud's own view: instances, zones, the account.",
    description =
        "Asks the cloud over the same contract as viking's loops do, not Kubernetes: what is here is"
            + " what runs and is billed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InstancesCommand.class,
      ZonesCommand.class,
      AccountCommand.class,
      GcCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud instances -n default",
      "  viking cloud zones",
      "  viking cloud account -o json"
    })
public final class CloudCommand implements Runnable {
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
