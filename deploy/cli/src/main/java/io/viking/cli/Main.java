package io.viking.cli;

import io.viking.cli.kubeconfig.KubectlCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Entry point of the {@code viking} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine(Subcommands.of(args)).execute(args));
  }

  /** The whole command tree, ready to parse and to run. */
  public static CommandLine commandLine() {
    return commandLine(Subcommands.all());
  }

  private static CommandLine commandLine(List<Class<?>> subcommands) {
    var root = new VikingCommand();
    var commandLine = new CommandLine(root);
    subcommands.forEach(commandLine::addSubcommand);
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new CommandErrors(root));
    commandLine.getSubcommands().values().stream()
        .filter(command -> command.getCommand() instanceof KubectlCommand)
        .forEach(KubectlCommand::takeArgumentsAsTheyAre);
    commandLine.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    commandLine
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    return commandLine;
  }
}
