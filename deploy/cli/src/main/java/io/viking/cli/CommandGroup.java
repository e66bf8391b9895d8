package io.viking.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has others below it: called alone, it names them. */
public abstract class CommandGroup implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public final void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(
        command, "Missing command: one of " + String.join(", ", command.getSubcommands().keySet()));
  }
}
