package io.viking.cli.logging;

import java.util.Locale;

/** For whom logs are written: the values of {@code --log-format}. */
public enum LogFormat {
  /** For a person: one readable line per event. */
  TEXT,
  /** For a machine: one JSON object per line. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
