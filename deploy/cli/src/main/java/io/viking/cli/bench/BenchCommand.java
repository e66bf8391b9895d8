package io.viking.cli.bench;

import io.viking.cli.CommandGroup;
import picocli.CommandLine.Command;

@Command(
    name = "bench",
    header = "Measure a cluster: storms of pods, next to what its API server allows.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StormCommand.class, CompareCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  viking bench storm", "  viking bench storm --pods 3000", "  viking bench compare"})
public final class BenchCommand extends CommandGroup {}
