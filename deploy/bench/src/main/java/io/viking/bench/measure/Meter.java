package io.viking.bench.measure;

import io.viking.bench.apiserver.ApiServerMetrics;
import io.viking.bench.apiserver.CallCounts;
import io.viking.bench.apiserver.ServerMetrics;
import io.viking.bench.process.ProcessSampler;
import io.viking.bench.process.ProcessUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures stretches of time from the outside, and waits until the cluster is quiet between them:
 * what one leaves to be written (events, counts of replicas) must not burden the next.
 */
public final class Meter {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
  private static final Duration IDLE_LOOK = Duration.ofSeconds(3);

  /** Leases and other housekeeping of a cluster in which nothing happens. */
  private static final double QUIET_WRITES_PER_SECOND = 5;

  private final ApiServerMetrics server;
  private final ProcessSampler processes;
  private final LongSupplier nanoTime;
  private CallCounts idle = CallCounts.NONE;
  private double idleSeconds = 1;

  public Meter(ApiServerMetrics server, ProcessSampler processes, LongSupplier nanoTime) {
    this.server = server;
    this.processes = processes;
    this.nanoTime = nanoTime;
  }

  /** The API server's metrics now; empty if they are not shown to us. */
  public Optional<ServerMetrics> server() {
    return server.read();
  }

  /** Learns what an idle cluster does, to take it off later: takes some seconds. */
  public void learnIdle() throws InterruptedException {
    settle();
    Optional<ServerMetrics> before = server.read();
    long begun = nanoTime.getAsLong();
    Thread.sleep(IDLE_LOOK);
    Optional<ServerMetrics> after = server.read();
    if (before.isPresent() && after.isPresent()) {
      idle = after.get().calls().since(before.get().calls());
      idleSeconds = seconds(begun);
    }
  }

  /** Waits until hardly anything is written any more, at most a minute. */
  public void settle() throws InterruptedException {
    long begun = nanoTime.getAsLong();
    Optional<ServerMetrics> last = server.read();
    long lastAt = nanoTime.getAsLong();
    while (seconds(begun) < SETTLES_WITHIN.toSeconds()) {
      Thread.sleep(LOOK);
      if (last.isEmpty()) {
        return;
      }
      Optional<ServerMetrics> now = server.read();
      if (now.isEmpty()) {
        return;
      }
      double perSecond = now.get().calls().since(last.get().calls()).writes() / seconds(lastAt);
      if (perSecond <= QUIET_WRITES_PER_SECOND + 1.5 * idle.writes() / idleSeconds) {
        return;
      }
      last = now;
      lastAt = nanoTime.getAsLong();
    }
  }

  /** Begins a stretch of time. */
  public Stretch begin() {
    return new Stretch(server.read(), processes.open(), nanoTime.getAsLong());
  }

  private double seconds(long since) {
    return Math.max(1, nanoTime.getAsLong() - since) / 1e9;
  }

  /** A stretch of time that is being measured. */
  public final class Stretch {
    private final Optional<ServerMetrics> before;
    private final ProcessSampler.Window window;
    private final long begun;
    private Optional<List<ProcessUse>> processes = Optional.empty();

    private Stretch(Optional<ServerMetrics> before, ProcessSampler.Window window, long begun) {
      this.before = before;
      this.window = window;
      this.begun = begun;
    }

    /** Its work is done; what it leaves to be written is counted among its calls until the end. */
    public void workDone() {
      processes = Optional.of(window.close());
    }

    /** Ends it, some time after its work is done. */
    public Cost end() {
      List<ProcessUse> used = processes.orElseGet(window::close);
      Optional<ServerMetrics> after = server.read();
      double took = seconds(begun);
      return new Cost(
          before.flatMap(
              from ->
                  after.map(
                      to -> to.calls().since(from.calls()).withoutIdle(idle, idleSeconds, took))),
          used);
    }
  }
}
