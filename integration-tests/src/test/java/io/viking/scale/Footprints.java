package io.viking.scale;

import io.viking.cli.server.ServerFile;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at processes of Viking from outside: jcmd, /proc and their own metrics. */
public final class Footprints {
  /** What must be as it was when all pods are gone; counters and times are not. */
  private static final List<String> SIZES =
      List.of(
          "viking_cache_objects",
          "viking_workqueue_depth",
          "viking_workqueue_working",
          "viking_loop_queue_length",
          "viking_loop_effects_waiting",
          "viking_loop_effects_running",
          "viking_scheduler_pending_pods",
          "viking_syncer_pods",
          "viking_syncer_instances");

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern CLASS =
      Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");
  private static final Pattern VIRTUAL =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+java\\.lang\\.VirtualThread\\b");

  private Footprints() {}

  /** Forces a full collection in that process. */
  static Footprint of(long pid, Map<String, Double> gauges)
      throws IOException, InterruptedException {
    String histogram = jcmd(pid, "GC.class_histogram");
    return new Footprint(
        first(TOTAL, histogram),
        residentBytes(pid),
        (int) status(pid, "Threads"),
        VIRTUAL.matcher(histogram).find() ? (int) first(VIRTUAL, histogram) : 0,
        descriptors(pid),
        gauges,
        classes(histogram));
  }

  static Map<String, Long> classes(String histogram) {
    var classes = new HashMap<String, Long>();
    Matcher matcher = CLASS.matcher(histogram);
    while (matcher.find()) {
      classes.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
    }
    return classes;
  }

  /** The sizes that {@code viking up} tells of itself at /metrics. */
  static Map<String, Double> gauges(DataDirectory directory)
      throws IOException, InterruptedException {
    ServerFile server =
        ServerFile.read(directory)
            .orElseThrow(() -> new IllegalStateException("nothing runs on " + directory.path()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      String text =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(server.http() + "/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return gauges(text);
    }
  }

  static Map<String, Double> gauges(String text) {
    var gauges = new HashMap<String, Double>();
    text.lines()
        .filter(line -> SIZES.stream().anyMatch(name -> line.matches(name + "[{ ].*")))
        .forEach(
            line -> {
              int value = line.lastIndexOf(' ');
              gauges.put(line.substring(0, value), Double.parseDouble(line.substring(value + 1)));
            });
    return gauges;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException("jcmd %d %s failed: %s".formatted(pid, command, output));
    }
    return output;
  }

  private static long first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** The memory that a process has now. */
  public static long residentBytes(long pid) throws IOException {
    return status(pid, "VmRSS") * 1024;
  }

  private static long status(long pid, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static int descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return (int) open.count();
    }
  }
}
