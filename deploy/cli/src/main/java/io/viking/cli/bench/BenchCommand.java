package io.viking.cli.bench;

import io.viking.cli.CommandGroup;
import io.viking.cli.bench.churn.ChurnCommand;
import io.viking.cli.bench.endpoints.EndpointsCommand;
import io.viking.cli.bench.placement.PlacementCommand;
import picocli.CommandLine.Command;

@Command(
    name = "bench",
    header =
        "Measure: storms of pods next to what the API server allows, how long one pod takes, and what"
            + " placements and changes of endpoints cost.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StormCommand.class,
      CompareCommand.class,
      ChurnCommand.class,
      PlacementCommand.class,
      EndpointsCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking bench storm",
      "  viking bench storm --pods 3000",
      "  viking bench compare",
      "  viking bench churn",
      "  viking bench placement",
      "  viking bench endpoints"
    })
public final class BenchCommand extends CommandGroup {}
