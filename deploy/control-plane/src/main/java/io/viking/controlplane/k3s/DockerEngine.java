package io.viking.controlplane.k3s;

import io.viking.controlplane.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code docker} command of this machine; what it talks to is the user's own setting. */
public final class DockerEngine {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path executable;

  private DockerEngine(Path executable) {
    this.executable = executable;
  }

  /** The command, if there is one on {@code PATH} and its engine answers within five seconds. */
  public static Optional<DockerEngine> answering(Environment environment) {
    return environment
        .executable("docker")
        .map(DockerEngine::new)
        .filter(docker -> docker.succeeds(List.of("version")));
  }

  Path executable() {
    return executable;
  }

  /** Whether a call ends well within five seconds; its output is dropped. */
  boolean succeeds(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
