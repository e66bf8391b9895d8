package io.viking.cli.bench;

import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.BenchTarget;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.output.ConsoleProgress;
import io.viking.cli.process.Signals;
import io.viking.kube.client.KubeApiException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** How a benchmark of a cluster is driven from the command line. */
public final class BenchRun {
  private BenchRun() {}

  /** What is measured. */
  public interface Measurement<R> {
    R run(BenchSession session) throws InterruptedException;
  }

  /**
   * The value of {@code --stall-after}.
   *
   * @throws CommandFailure it is less than a second
   */
  public static Duration stallAfter(int seconds) {
    if (seconds < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--stall-after=%d: name at least one second.".formatted(seconds));
    }
    return Duration.ofSeconds(seconds);
  }

  /**
   * Measures, and removes what was made, also after a failure and after Ctrl-C.
   *
   * @param stallAfter how long nothing may happen
   * @throws CommandFailure one sentence
   */
  public static <R> R measure(BenchTarget target, Duration stallAfter, Measurement<R> measurement) {
    var progress =
        new ConsoleProgress(System.err, Boolean.getBoolean("viking.terminal"), Clock.systemUTC());
    var stopped = new AtomicBoolean();
    Thread measuring = Thread.currentThread();
    Signals.onEnd(
        () -> {
          stopped.set(true);
          progress.note("ends: removing what was made; Ctrl-C again leaves that to the next run.");
          measuring.interrupt();
        },
        () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
    try (BenchSession session =
        BenchSession.open(target, progress, Clock.systemUTC(), stallAfter)) {
      return measurement.run(session);
    } catch (InterruptedException ended) {
      throw interrupted();
    } catch (BenchFailure failed) {
      throw stopped.get() ? interrupted() : new CommandFailure(failed.sentence(), failed);
    } catch (KubeApiException | IllegalStateException failed) {
      throw stopped.get()
          ? interrupted()
          : new CommandFailure("the benchmark cannot go on: " + failed.getMessage() + ".", failed);
    } finally {
      progress.done();
    }
  }

  private static CommandFailure interrupted() {
    return new CommandFailure(ExitCode.INTERRUPTED, "ended before all was measured.");
  }
}
