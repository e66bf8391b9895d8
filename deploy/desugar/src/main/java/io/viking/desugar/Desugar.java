package io.viking.desugar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command: writes the jars of one directory into another. */
public final class Desugar {
  private Desugar() {}

  /**
   * @param args the directory of the jars, which must also be on the class path for what they
   *     inherit from each other, and the one to write
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: java -cp DESUGAR:JARS/* io.viking.desugar.Desugar JARS OUT");
      System.exit(64);
    }
    Path to = Files.createDirectories(Path.of(args[1]));
    List<JarRewriter.Report> reports;
    try (Stream<Path> jars = Files.list(Path.of(args[0]))) {
      reports =
          jars.sorted().toList().parallelStream()
              .map(jar -> rewritten(jar, to.resolve(jar.getFileName())))
              .toList();
    }
    for (JarRewriter.Report report : reports) {
      report.left().forEach(System.out::println);
    }
    System.out.printf(
        "%d lambdas are classes, %d classes are as they were%n",
        reports.stream().mapToInt(JarRewriter.Report::lambdas).sum(),
        reports.stream().mapToInt(report -> report.left().size()).sum());
  }

  private static JarRewriter.Report rewritten(Path from, Path to) {
    try {
      return JarRewriter.rewrite(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(from.toString(), e);
    }
  }
}
