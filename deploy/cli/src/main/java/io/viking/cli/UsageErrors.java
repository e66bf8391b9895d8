package io.viking.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with one sentence: what is wrong, what was meant, where help is. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(sentence(e, command.getCommandSpec()));
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String sentence(ParameterException e, CommandSpec command) {
    String name = command.qualifiedName();
    String end = " See \"" + name + " --help\".";
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return "viking: " + unmatched(unmatched.getUnmatched().getFirst(), command) + end;
    }
    return "viking: " + problem(String.valueOf(e.getMessage())) + "." + end;
  }

  private static String unmatched(String argument, CommandSpec command) {
    String name = command.qualifiedName();
    if (argument.startsWith("-")) {
      String option = argument.replaceFirst("=.*", "");
      return "\"%s\" has no option \"%s\"%s"
          .formatted(name, option, meant(Nearest.to(option, command.optionsMap().keySet())));
    }
    if (!command.subcommands().isEmpty()) {
      return "\"%s\" has no command \"%s\"%s"
          .formatted(name, argument, meant(Nearest.to(argument, command.subcommands().keySet())));
    }
    return "\"%s\" takes no more arguments, and was given \"%s\".".formatted(name, argument);
  }

  private static String meant(Optional<String> nearest) {
    return nearest.map(name -> "; did you mean \"" + name + "\"?").orElse(".");
  }

  /** The parser's first line, without its "Error:" and without a full stop. */
  private static String problem(String message) {
    return message
        .lines()
        .findFirst()
        .orElse("")
        .strip()
        .replaceFirst("^Error: ", "")
        .replaceFirst("\\.$", "");
  }
}
