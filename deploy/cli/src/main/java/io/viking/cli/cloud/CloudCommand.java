package io.viking.cli.cloud;

import io.viking.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class CloudCommand extends CommandGroup {}
