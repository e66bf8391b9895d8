package io.viking.cli.explain;

import io.viking.cli.CommandGroup;
import picocli.CommandLine.Command;

@Command(
    name = "explain",
    header = "Say why a pod is in its zone, or in none.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ExplainPodCommand.class,
    footerHeading = "%nExamples:%n",
    footer = "  viking explain pod web-0 -n shop")
public final class ExplainCommand extends CommandGroup {}
