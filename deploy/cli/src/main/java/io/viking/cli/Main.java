package io.viking.cli;

import io.viking.cli.kubeconfig.KubectlCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Entry point of the {@code viking} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command tree, ready to parse and to run. */
  public static CommandLine commandLine() {
    var root = new VikingCommand();
    var commandLine =
        new CommandLine(root)
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
