package io.viking.cli.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What benchmarks of one report share: how patient they are, and how it is printed. */
public final class SingleRunOptions {
  @Option(
      names = "--stall-after",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Give up when nothing has changed for so long (default: ${DEFAULT-VALUE}).")
  private int stallAfter;

  @Option(names = "--json", description = "Print the results for machines instead of text.")
  private boolean json;

  /**
   * The value of {@code --stall-after}.
   *
   * @throws io.viking.cli.CommandFailure it is less than a second
   */
  public Duration stallAfter() {
    return BenchRun.stallAfter(stallAfter);
  }

  /** Prints a report as it was asked for. */
  public <R> void print(
      PrintWriter out, R report, Function<R, String> asText, Function<R, String> asJson) {
    out.print((json ? asJson : asText).apply(report));
    out.flush();
  }
}
