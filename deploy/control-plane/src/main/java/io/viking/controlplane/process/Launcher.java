package io.viking.controlplane.process;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts child processes in sessions of their own: Ctrl-C in the terminal is for us alone, and we
 * stop them in order. Where there is no {@code setsid} they share our session, and end by
 * themselves when the terminal says so.
 */
public final class Launcher {
  private final Optional<Path> setsid;

  public Launcher(Environment environment) {
    this.setsid = environment.executable("setsid");
  }

  /** {@code setsid} replaces itself with the command, so the pid is the command's own. */
  Process start(ProcessSpec spec) {
    List<String> command = new ArrayList<>();
    setsid.ifPresent(path -> command.add(path.toString()));
    command.addAll(spec.command());
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(spec.log().resolveSibling(".").normalize().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
              .start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new ControlPlaneException(
          "%s cannot be started: %s.".formatted(spec.executable(), e.getMessage()), e);
    }
  }
}
