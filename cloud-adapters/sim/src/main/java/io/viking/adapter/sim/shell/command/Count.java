package io.viking.adapter.sim.shell.command;

import java.util.List;

/**
 * What head and tail are told: so many lines or bytes of a file.
 *
 * @param text the number, with its sign
 * @param operand "-": the input
 */
record Count(boolean bytes, String text, String operand) {
  static Count parse(List<String> arguments, String otherwise) throws UsageError {
    boolean bytes = false;
    String text = otherwise;
    String operand = "-";
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("-c") || argument.startsWith("-n")) {
        bytes = argument.startsWith("-c");
        text = argument.substring(2);
        if (text.isEmpty()) {
          i++;
          if (i == arguments.size()) {
            throw new UsageError("option requires an argument: " + argument);
          }
          text = arguments.get(i);
        }
      } else if (argument.startsWith("-") && argument.length() > 1) {
        throw UsageError.option(argument, "-n and -c");
      } else {
        operand = argument;
      }
    }
    return new Count(bytes, text, operand);
  }
}
