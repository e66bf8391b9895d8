package io.viking.controlplane.process;

import io.viking.controlplane.Component;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;

/**
 * What is written down about a child process, so that it is recognised after its supervisor was
 * killed.
 *
 * @param started as the process table shows it
 * @param executable the file that it runs
 * @param state when the record was written: starting or ready
 */
record ProcessRecord(
    String name,
    String version,
    long pid,
    Instant started,
    Path executable,
    int restarts,
    Component.State state) {

  String text() {
    return """
    name=%s
    version=%s
    pid=%d
    started=%s
    restarts=%d
    state=%s
    executable=%s
    """
        .formatted(
            name,
            version,
            pid,
            started,
            restarts,
            state,
            executable.toString().replace("\\", "\\\\"));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static ProcessRecord parse(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
      return new ProcessRecord(
          required(properties, "name"),
          required(properties, "version"),
          Long.parseLong(required(properties, "pid")),
          Instant.parse(required(properties, "started")),
          Path.of(required(properties, "executable")),
          Integer.parseInt(required(properties, "restarts")),
          Component.State.valueOf(required(properties, "state")));
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("not a record of a process: " + text, e);
    }
  }

  private static String required(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("a record of a process without " + key);
    }
    return value;
  }
}
