package io.viking.controlplane.external;

import io.viking.controlplane.ControlPlaneException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kubectl and the cluster that it talks to. It knows every way in which a kubeconfig may say who
 * one is, plug-ins included.
 *
 * @param command the program and the arguments that always come first
 */
public record Kubectl(List<String> command) {
  private static final String PATIENCE = "--request-timeout=15s";

  public Kubectl {
    command = List.copyOf(command);
  }

  /** One that uses a kubeconfig's current context. */
  public static Kubectl of(Path executable, Path kubeconfig) {
    return new Kubectl(List.of(executable.toString(), "--kubeconfig=" + kubeconfig));
  }

  /**
   * What it answered.
   *
   * @param code 0 if all is well
   * @param output of both streams
   */
  record Answer(int code, String output) {
    boolean isOk() {
      return code == 0;
    }

    /** The output as part of a sentence. */
    String line() {
      return String.join(" | ", output.lines().map(String::strip).toList());
    }
  }

  /** Runs it with nothing on its standard input. */
  Answer run(String... arguments) throws InterruptedException {
    return runWith("", arguments);
  }

  /** Runs it with {@code input} on its standard input. */
  Answer runWith(String input, String... arguments) throws InterruptedException {
    List<String> line = new ArrayList<>(command);
    Stream.concat(Stream.of(PATIENCE), Stream.of(arguments)).forEach(line::add);
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      try (OutputStream out = process.getOutputStream()) {
        out.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Answer(process.waitFor(), output);
    } catch (IOException e) {
      throw new ControlPlaneException(
          "%s cannot be run: %s.".formatted(line.getFirst(), e.getMessage()), e);
    }
  }
}
