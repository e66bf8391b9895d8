package io.viking.cli.output;

import java.util.Locale;

/** How a command that answers a question prints the answer. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** For programs. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
