package io.viking.cli.alone;

import io.viking.cli.CommandGroup;
import picocli.CommandLine.Command;

@Command(
    name = "adapter",
    header = "Serve a cloud to schedulers and syncers in other processes.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SimCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  viking adapter sim --listen unix:/run/viking/cloud.sock"})
public final class AdapterCommand extends CommandGroup {}
