package io.viking.chaos.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@code viking} command as a process of its own, started again whenever it ends, as an
 * operator's supervisor does it.
 */
final class Child implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final String name;
  private final List<String> command;
  private final Path output;
  private final Thread supervisor;
  private volatile Process process;
  private volatile boolean closed;

  private Child(String name, List<String> command, Path output) throws IOException {
    this.name = name;
    this.command = command;
    this.output = output;
    this.process = launch();
    this.supervisor = Thread.ofVirtual().name("supervise-" + name).unstarted(this::supervise);
  }

  /**
   * @param output where what it says is appended
   * @param jvm more options of the java command
   */
  static Child start(String name, Path output, List<String> jvm, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.viking.cli.Main"));
    command.addAll(arguments);
    var child = new Child(name, command, output);
    child.supervisor.start();
    return child;
  }

  long pid() {
    return process.pid();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  private void supervise() {
    try {
      while (!closed) {
        process.waitFor();
        Thread.sleep(PAUSE);
        if (!closed) {
          process = launch();
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    supervisor.interrupt();
    try {
      supervisor.join();
      process.destroy();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        System.out.printf("chaos: %s does not end and is killed%n", name);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
