package io.viking.system;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.viking.cli.server.AdapterAccess;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The {@code viking} command as a process of its own, so that it can be killed like one. The first
 * start on a machine builds the upstream binaries.
 */
public final class VikingProcess implements AutoCloseable {
  /** The argument files of the java command; tests run in their module's directory. */
  private static final Path JVM =
      Path.of("..", "deploy", "cli", "src", "main", "resources", "io", "viking", "cli", "jvm")
          .toAbsolutePath()
          .normalize();

  private static final Duration FIRST_BUILD = Duration.ofMinutes(25);

  private final Path dataDirectory;
  private final Process process;
  private final DataDirectory data;
  private final Cluster cluster;

  private VikingProcess(Path dataDirectory, Process process) throws IOException {
    this.dataDirectory = dataDirectory;
    this.process = process;
    this.data = DataDirectory.resolve(Optional.of(dataDirectory), Environment.system());
    String adapter = status().adapter();
    this.cluster =
        new Cluster(
            data.adminKubeconfig(), () -> new AdapterAccess(data, Clock.systemUTC()).open(adapter));
  }

  /** What it says of itself now. */
  public StatusReport status() {
    return StatusClient.ask(data)
        .orElseThrow(() -> new IllegalStateException("viking up does not answer"));
  }

  /**
   * Starts {@code viking up} in the foreground of a process of its own, and waits until it is
   * ready. Without a metrics-server, which most tests have no use for.
   */
  public static VikingProcess up(Path dataDirectory, String... flags)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(flags));
    all.add("--no-metrics-server");
    return awaitUp(dataDirectory, all);
  }

  /** The same with a metrics-server, which comes later by itself. */
  static VikingProcess upMeasured(Path dataDirectory) throws IOException, InterruptedException {
    return awaitUp(dataDirectory, List.of());
  }

  private static VikingProcess awaitUp(Path dataDirectory, List<String> flags)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("up", "--data-dir", dataDirectory.toString()));
    arguments.addAll(flags);
    Path output = Files.createTempFile("viking-up", ".log");
    Process process = start(output, arguments);
    long deadline = System.nanoTime() + FIRST_BUILD.toNanos();
    while (!run("status", "--data-dir", dataDirectory.toString()).succeeded()) {
      if (process.waitFor(1, TimeUnit.SECONDS) || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "viking up did not become ready; it said:\n" + Files.readString(output));
      }
    }
    return new VikingProcess(dataDirectory, process);
  }

  /** Runs a short command to its end. */
  public static Result run(String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile("viking", ".out");
    try {
      Process process = start(output, List.of(arguments));
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("viking " + List.of(arguments) + " did not end");
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  public Cluster cluster() {
    return cluster;
  }

  public Path dataDirectory() {
    return dataDirectory;
  }

  /**
   * A meter's value now, summed over what its other tags are.
   *
   * @param tag as it is printed: {@code result="done"}
   */
  public double metric(String name, String tag) throws IOException, InterruptedException {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(tag))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** All meters, in Prometheus' text format. */
  String scrape() throws IOException, InterruptedException {
    JsonObject run =
        JsonParser.parseString(
                Files.readString(dataDirectory.resolve("run").resolve("viking.json")))
            .getAsJsonObject();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(run.get("http").getAsString() + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** kill -9: nothing is cleaned up, and the API server's processes live on. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** A clean stop, as Ctrl-C does it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a command and leaves it to the caller; both streams go to a file. */
  static Process start(Path output, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + JVM.resolve("every.args"));
    command.add("@" + JVM.resolve(kind(arguments) + ".args"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.viking.cli.Main");
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** As ./viking chooses: what is measured or killed here is the JVM that a user has. */
  private static String kind(List<String> arguments) {
    if (!arguments.getFirst().equals("up")) {
      return "command";
    }
    return arguments.contains("--apart") ? "supervisor" : "up";
  }

  /** What a command printed on both streams, and how it ended. */
  public record Result(int exitCode, String output) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }
}
