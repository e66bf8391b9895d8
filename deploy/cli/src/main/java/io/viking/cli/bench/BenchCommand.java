package io.viking.cli.bench;

import io.viking.cli.CommandGroup;
import io.viking.cli.bench.placement.PlacementCommand;
import picocli.CommandLine.Command;

@Command(
    name = "bench",
    header =
        "Measure: storms of pods next to what the API server allows, and what placements cost.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StormCommand.class, CompareCommand.class, PlacementCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking bench storm",
      "  viking bench storm --pods 3000",
      "  viking bench compare",
      "  viking bench placement"
    })
public final class BenchCommand extends CommandGroup {}
