package io.viking.cli.bench;

import io.viking.bench.report.BenchReport;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.BenchTarget;
import io.viking.cli.CommandFailure;
import io.viking.cli.output.ConsoleProgress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What all benchmarks share: how a run is driven, and where its results go. */
public final class BenchRunOptions {
  @Option(
      names = "--stall-after",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Give a storm up when nothing has changed for so long (default: ${DEFAULT-VALUE}).")
  private int stallAfter;

  @Option(names = "--keep-going", description = "Go on with the next round when one has failed.")
  private boolean keepGoing;

  /** What is measured. */
  public interface Measurement {
    BenchReport run(BenchSession session) throws InterruptedException;
  }

  boolean keepGoing() {
    return keepGoing;
  }

  /**
   * Measures, and removes what was made, also after a failure and after Ctrl-C.
   *
   * @throws CommandFailure one sentence
   */
  public BenchReport measure(BenchTarget target, Measurement measurement)
      throws InterruptedException {
    var progress =
        new ConsoleProgress(System.err, Boolean.getBoolean("viking.terminal"), Clock.systemUTC());
    try (BenchSession session =
        BenchSession.open(target, progress, Clock.systemUTC(), Duration.ofSeconds(stallAfter))) {
      return measurement.run(session);
    } catch (BenchFailure failed) {
      throw new CommandFailure(failed.sentence(), failed);
    } finally {
      progress.done();
    }
  }

  /** Prints the report. */
  public void print(PrintWriter out, BenchReport report) {
    out.print(ReportText.of(report));
    out.flush();
  }
}
