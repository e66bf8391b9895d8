package io.viking.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with one sentence: what is wrong, what was meant, where help is. */
final class UsageErrors implements IParameterExceptionHandler {
  private static final Pattern ONE_OF =
      Pattern.compile(
          "Invalid value for option '(?<flag>.*?)'.*: expected one of \\[(?<known>.*)\\]"
              + " \\(case-insensitive\\) but was '(?<value>.*)'");

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

  /** As other unknown values are answered; the parser shows a list of constants. */
  private static Optional<String> unknownValue(String problem) {
    Matcher matcher = ONE_OF.matcher(problem);
    return matcher.matches()
        ? Optional.of(
            "%s=%s is unknown: use one of %s"
                .formatted(
                    matcher.group("flag"),
                    matcher.group("value"),
                    matcher.group("known").toLowerCase(Locale.ROOT)))
        : Optional.empty();
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
    String problem =
        message
            .lines()
            .findFirst()
            .orElse("")
            .strip()
            .replaceFirst("^Error: ", "")
            .replaceFirst("\\.$", "");
    return unknownValue(problem).orElse(problem);
  }
}
