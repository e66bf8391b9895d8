package io.viking.controlplane.build;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An installed {@code go}. It runs with the user's settings (proxies, caches, flags); what is set
 * here is only that no other toolchain is downloaded unless the user asked for that, and that a
 * workspace around the cache is not looked at.
 *
 * @param command the executable, absolute, and what stands before it
 * @param version what it says it is
 */
record GoToolchain(List<String> command, GoVersion version) {

  /** The first that is found on {@code PATH}, in {@code GOROOT} and where its installer puts it. */
  static Optional<Path> find(Environment environment) {
    return environment
        .executable("go")
        .or(
            () ->
                environment
                    .directory("GOROOT")
                    .map(root -> root.resolve("bin/go"))
                    .filter(Files::isExecutable))
        .or(() -> Optional.of(Path.of("/usr/local/go/bin/go")).filter(Files::isExecutable));
  }

  /**
   * Asks a {@code go} for its version.
   *
   * @param oldest that can build what is to be built
   * @throws ControlPlaneException if it does not answer, or is older
   */
  static GoToolchain require(Path executable, GoVersion oldest, Path workingDirectory)
      throws InterruptedException {
    List<String> output = new ArrayList<>();
    List<String> command = List.of(executable.toString());
    int code = run(command, workingDirectory, List.of("env", "GOVERSION"), output::add);
    GoVersion version =
        output.stream()
            .map(GoVersion::parse)
            .flatMap(Optional::stream)
            .findFirst()
            .filter(found -> code == 0)
            .orElseThrow(
                () ->
                    new ControlPlaneException(
                        "%s does not say its version (%s): install Go %s or newer from https://go.dev/dl."
                            .formatted(executable, String.join(" ", output), oldest)));
    if (version.compareTo(oldest) < 0) {
      throw new ControlPlaneException(
          "%s is Go %s, and Kubernetes needs %s or newer: install it from https://go.dev/dl, or start Docker and use --control-plane=k3s."
              .formatted(executable, version, oldest));
    }
    return new GoToolchain(command, version);
  }

  /** It gives way to whatever else wants to run; as it is where the system has no {@code nice}. */
  GoToolchain yielding(Environment environment) {
    return environment
        .executable("nice")
        .map(nice -> new GoToolchain(behind(nice), version))
        .orElse(this);
  }

  private List<String> behind(Path nice) {
    List<String> behind = new ArrayList<>(List.of(nice.toString(), "-n", "19"));
    behind.addAll(command);
    return List.copyOf(behind);
  }

  /**
   * Runs it and hands over every line that it writes.
   *
   * @return its exit code
   */
  int run(Path workingDirectory, List<String> arguments, Consumer<String> line)
      throws InterruptedException {
    return run(command, workingDirectory, arguments, line);
  }

  private static int run(
      List<String> command, Path workingDirectory, List<String> arguments, Consumer<String> line)
      throws InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(workingDirectory.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.putIfAbsent("GOTOOLCHAIN", "local");
    environment.put("GOWORK", "off");
    environment.put("GO111MODULE", "on");
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new ControlPlaneException(
          "%s cannot be run: %s.".formatted(command.getLast(), e.getMessage()), e);
    }
    try {
      Thread reader = Thread.ofVirtual().name("go-output").start(() -> read(process, line));
      int code = process.waitFor();
      reader.join();
      return code;
    } finally {
      // Also when we are interrupted: what it has compiled by then is in its cache.
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static void read(Process process, Consumer<String> line) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().map(String::strip).filter(text -> !text.isEmpty()).forEach(line);
    } catch (IOException | UncheckedIOException e) {
      // It ended while we read; its exit code tells the rest.
    }
  }
}
