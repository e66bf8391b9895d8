package io.viking.cli.bench;

import io.viking.bench.report.BenchReport;
import io.viking.bench.report.ReportJson;
import io.viking.bench.report.StormChart;
import io.viking.bench.session.BenchTarget;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all storms share: how patient a run is, and where its results go. */
public final class BenchRunOptions {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the results for machines there; - for standard output, instead of text.")
  private @Nullable Path json;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Draw the pods Running over time there, as SVG.")
  private @Nullable Path chart;

  @Option(
      names = "--stall-after",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Give a storm up when nothing has changed for so long (default: ${DEFAULT-VALUE}).")
  private int stallAfter;

  @Option(names = "--keep-going", description = "Go on with the next round when one has failed.")
  private boolean keepGoing;

  boolean keepGoing() {
    return keepGoing;
  }

  /**
   * Measures, and removes what was made, also after a failure and after Ctrl-C.
   *
   * @throws CommandFailure one sentence
   */
  public BenchReport measure(BenchTarget target, BenchRun.Measurement<BenchReport> measurement) {
    Duration patience = BenchRun.stallAfter(stallAfter);
    checkFiles();
    return BenchRun.measure(target, patience, measurement);
  }

  /**
   * Prints the report, and writes the files that were asked for.
   *
   * @throws IOException a file cannot be written
   */
  public void print(PrintWriter out, BenchReport report) throws IOException {
    if (isStandardOutput(json)) {
      out.print(ReportJson.of(report));
    } else {
      out.print(ReportText.of(report));
    }
    out.flush();
    if (json != null && !isStandardOutput(json)) {
      Files.writeString(json, ReportJson.of(report));
    }
    if (chart != null) {
      Files.writeString(chart, StormChart.svg(report));
    }
  }

  /** Before minutes of measuring, not after them. */
  private void checkFiles() {
    if (!isStandardOutput(json)) {
      checkFile("--json", json);
    }
    checkFile("--chart", chart);
  }

  private static void checkFile(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s=%s: name a file in a directory that exists.".formatted(option, file));
    }
    if (!Files.isWritable(Files.exists(file) ? file : directory)) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s=%s: may not be written; name another file.".formatted(option, file));
    }
  }

  private static boolean isStandardOutput(@Nullable Path file) {
    return file != null && file.toString().equals("-");
  }
}
