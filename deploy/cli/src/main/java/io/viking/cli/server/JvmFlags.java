package io.viking.cli.server;

import io.viking.controlplane.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options of the JVM for a kind of process: the argument files beside {@code
 * io/viking/cli/jvm/every.args}, which the launcher reads, too.
 */
final class JvmFlags {
  private JvmFlags() {}

  /**
   * @param kind such as "scheduler"
   */
  static List<String> of(String kind, Environment environment) {
    return Stream.of(
            file("every"), file(kind), words(environment.variable("VIKING_JAVA_OPTS").orElse("")))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> file(String name) {
    try (InputStream in =
        JvmFlags.class.getResourceAsStream("/io/viking/cli/jvm/" + name + ".args")) {
      if (in == null) {
        throw new IllegalStateException("there is no " + name + ".args beside the classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> words(line).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + ".args", e);
    }
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
