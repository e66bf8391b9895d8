package io.viking.controlplane.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A process to keep running.
 *
 * @param name of the component; also of its record
 * @param version of the component
 * @param command the executable, absolute, and its arguments
 * @param log where its output is appended
 * @param ready whether it serves; may block for a second or two, answers false on any failure
 * @param stopWithin how long it may take to end after SIGTERM before it gets SIGKILL
 */
public record ProcessSpec(
    String name,
    String version,
    List<String> command,
    Path log,
    BooleanSupplier ready,
    Duration stopWithin) {

  public ProcessSpec {
    command = List.copyOf(command);
    if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
      throw new IllegalArgumentException("the command " + command + " names no absolute path");
    }
  }

  /** The file that the process table will show: symbolic links are followed. */
  Path executable() {
    Path named = Path.of(command.getFirst());
    try {
      return named.toRealPath();
    } catch (IOException e) {
      return named;
    }
  }
}
