package io.viking.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with one sentence: what is wrong, what was meant, where help is. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(sentence(message(e), suggestions(e), command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  /**
   * Joins the parts.
   *
   * @param problem what the parser says
   * @param meant what comes close, best first; may be empty
   * @param command the command whose help explains
   */
  static String sentence(String problem, List<String> meant, String command) {
    var sentence = new StringBuilder("viking: ").append(withoutFullStop(problem));
    if (!meant.isEmpty()) {
      sentence.append("; did you mean ").append(meant.getFirst()).append('?');
    } else {
      sentence.append('.');
    }
    return sentence.append(" See \"").append(command).append(" --help\".").toString();
  }

  private static String message(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    int lineEnd = message.indexOf('\n');
    return (lineEnd < 0 ? message : message.substring(0, lineEnd)).strip();
  }

  private static List<String> suggestions(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions()
        : List.of();
  }

  private static String withoutFullStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
