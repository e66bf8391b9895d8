package io.viking.adapter.sim.shell.command;

import java.io.IOException;

/** A command was called in a way that it does not understand. */
final class UsageError extends IOException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }

  static UsageError option(String option, String known) {
    return new UsageError("option " + option + " is not simulated: it has " + known);
  }

  /** A whole number that is not negative. */
  static long number(String text) throws UsageError {
    if (!text.matches("[0-9]{1,18}")) {
      throw new UsageError("invalid number '" + text + "'");
    }
    return Long.parseLong(text);
  }
}
