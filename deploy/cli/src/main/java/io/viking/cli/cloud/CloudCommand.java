package io.viking.cli.cloud;

import io.viking.cli.CommandGroup;
import picocli.CommandLine.Command;

@Command(
    name = "cloud",
    header = "Show the cloud's own view, and try outages on the simulated one.",
    description =
        "Asks the cloud over the same contract as viking's loops do, not Kubernetes: what is here is"
            + " what runs and is billed. What is set or changed here is set on the simulated one alone.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InstancesCommand.class,
      ZonesCommand.class,
      TypesCommand.class,
      AccountCommand.class,
      LbCommand.class,
      DnsCommand.class,
      GcCommand.class,
      ZoneCommand.class,
      StockCommand.class,
      SpotPriceCommand.class,
      ReclaimCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud instances -n default",
      "  viking cloud zones",
      "  viking cloud types --arch arm64",
      "  viking cloud account -o json",
      "  viking cloud stock cn-hangzhou-h all 0"
    })
public final class CloudCommand extends CommandGroup {}
