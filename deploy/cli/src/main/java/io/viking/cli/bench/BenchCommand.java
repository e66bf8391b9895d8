package io.viking.cli.bench;

import io.viking.cli.CommandGroup;
import io.viking.cli.bench.endpoints.EndpointsCommand;
import io.viking.cli.bench.placement.PlacementCommand;
import picocli.CommandLine.Command;

@Command(
    name = "bench",
    header =
        "Measure: storms of pods next to what the API server allows, what placements cost, and what a"
            + " change of endpoints costs.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StormCommand.class,
      CompareCommand.class,
      PlacementCommand.class,
      EndpointsCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking bench storm",
      "  viking bench storm --pods 3000",
      "  viking bench compare",
      "  viking bench placement",
      "  viking bench endpoints"
    })
public final class BenchCommand extends CommandGroup {}
