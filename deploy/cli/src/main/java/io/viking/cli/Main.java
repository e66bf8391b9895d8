package io.viking.cli;

import picocli.CommandLine;

/** Entry point of the {@code viking} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command tree, ready to parse and to run. */
  static CommandLine commandLine() {
    var root = new VikingCommand();
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new CommandErrors(root));
  }
}
