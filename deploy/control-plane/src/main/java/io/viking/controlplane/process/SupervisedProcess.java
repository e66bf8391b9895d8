package io.viking.controlplane.process;

import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlaneException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one process running until it is closed.
 *
 * <p>One thread owns the process from its start to its end, so no two steps race: it starts it,
 * asks whether it serves, waits for its end, and starts it again after a delay that grows (see
 * {@link RestartPolicy}). Everyone else reads an immutable picture and asks for the end through a
 * future.
 */
public final class SupervisedProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SupervisedProcess.class);

  private static final Duration READINESS_POLL = Duration.ofMillis(50);
  private static final Duration UNREADY_STOPS_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOG_CHECK = Duration.ofSeconds(30);
  private static final long MOST_LOG_BYTES = 64L << 20;
  private static final int QUOTED_LINES = 100;

  private final ProcessSpec spec;
  private final Launcher launcher;
  private final ProcessRecords records;
  private final Clock clock;
  private final LogFile logFile;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final Thread thread;

  private volatile Component picture;
  private int restarts;
  private int failures;

  private SupervisedProcess(
      ProcessSpec spec, Launcher launcher, ProcessRecords records, Clock clock) {
    this.spec = spec;
    this.launcher = launcher;
    this.records = records;
    this.clock = clock;
    this.logFile = new LogFile(spec.log(), MOST_LOG_BYTES);
    this.picture = picture(Component.State.STARTING, Optional.empty());
    this.thread = Thread.ofVirtual().name("supervise-" + spec.name()).unstarted(this::supervise);
  }

  /** Starts the process and its supervision. */
  public static SupervisedProcess launch(
      ProcessSpec spec, Launcher launcher, ProcessRecords records, Clock clock) {
    SupervisedProcess supervised = new SupervisedProcess(spec, launcher, records, clock);
    supervised.thread.start();
    return supervised;
  }

  /** What it is doing at this moment. */
  public Component component() {
    return picture;
  }

  /**
   * Waits until it has served once.
   *
   * @throws ControlPlaneException if it ends again and again instead, or takes longer than {@code
   *     patience}, or is closed
   */
  public void awaitReady(Duration patience) throws InterruptedException {
    try {
      ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ControlPlaneException(
          "%s runs but does not serve after %d s: see %s."
              .formatted(spec.name(), patience.toSeconds(), spec.log()),
          e);
    } catch (ExecutionException e) {
      throw new ControlPlaneException(
          e.getCause() instanceof ControlPlaneException known
              ? known.sentence()
              : spec.name() + " cannot be supervised: " + e,
          e);
    }
  }

  private void supervise() {
    try {
      while (!stop.isDone()) {
        try {
          runOnce();
        } catch (ControlPlaneException | IOException e) {
          startFailed(e);
        }
      }
    } catch (RuntimeException | InterruptedException e) {
      fail(new ControlPlaneException(spec.name() + " is not supervised any more: " + e, e));
    } finally {
      ready.completeExceptionally(new ControlPlaneException(spec.name() + " was stopped."));
      picture = picture(Component.State.STOPPED, Optional.empty());
    }
  }

  /** One life of the process, and the delay before the next. */
  private void runOnce() throws IOException, InterruptedException {
    logFile.prepare();
    logFile.bound();
    long firstByte = logFile.size();
    Instant begin = clock.instant();
    Process process = launcher.start(spec);
    Instant started = process.info().startInstant().orElse(begin);
    try {
      Life life = new Life(process.pid(), started);
      show(Component.State.STARTING, life);
      if (serves(process)) {
        show(Component.State.READY, life);
        ready.complete(null);
        while (!endedWithin(process, LOG_CHECK)) {
          logFile.bound();
        }
      }
    } finally {
      // Whatever went wrong here, no child is left without somebody who waits for it.
      end(process);
      records.remove(spec.name());
    }
    if (!stop.isDone()) {
      afterExit(process.exitValue(), Duration.between(begin, clock.instant()), firstByte);
    }
  }

  /** False if it ended, or is to end, before it served. */
  private boolean serves(Process process) throws InterruptedException {
    while (!endedWithin(process, READINESS_POLL)) {
      if (spec.ready().getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  /** Whether, after at most {@code time}, it ended or is asked to end. */
  private boolean endedWithin(Process process, Duration time) throws InterruptedException {
    try {
      CompletableFuture.anyOf(process.onExit(), stop).get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for " + spec.name() + " failed", e);
    }
  }

  private void end(Process process) throws InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    process.destroy();
    // What does not serve has nothing to finish: an API server without etcd ignores SIGTERM.
    boolean serves = picture.state() == Component.State.READY;
    Duration within = serves ? spec.stopWithin() : UNREADY_STOPS_WITHIN;
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn(
          "{} (pid {}) did not end within {} ms of SIGTERM and is killed",
          spec.name(),
          process.pid(),
          within.toMillis());
      process.destroyForcibly().waitFor();
    }
  }

  private void afterExit(int code, Duration uptime, long firstByte) throws InterruptedException {
    failures = uptime.compareTo(RestartPolicy.STEADY) >= 0 ? 1 : failures + 1;
    switch (RestartPolicy.afterExit(everReady(), failures)) {
      case RestartPolicy.Verdict.GiveUp() ->
          fail(
              new ControlPlaneException(
                  LastWords.of(logFile.tail(firstByte, QUOTED_LINES))
                      .sentence(spec.name(), failures, code, spec.log())));
      case RestartPolicy.Verdict.Again(Duration delay) -> {
        log.warn(
            "{} ended with exit code {} after {} ms; starting it again in {} ms",
            spec.name(),
            code,
            uptime.toMillis(),
            delay.toMillis());
        picture = picture(Component.State.BACKING_OFF, Optional.empty());
        restarts++;
        pause(delay);
      }
    }
  }

  private void pause(Duration delay) throws InterruptedException {
    try {
      stop.get(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The delay is over.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a stop cannot fail", e);
    }
  }

  /** A machine that was able to start it once (it is only short of something now) will be again. */
  private void startFailed(Exception cause) throws InterruptedException {
    if (everReady()) {
      log.warn("{} could not be run; trying again", spec.name(), cause);
      picture = picture(Component.State.BACKING_OFF, Optional.empty());
      pause(RestartPolicy.LONGEST_DELAY);
    } else {
      fail(
          cause instanceof ControlPlaneException known
              ? known
              : new ControlPlaneException(
                  "%s cannot be run: %s.".formatted(spec.name(), cause), cause));
    }
  }

  private boolean everReady() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  private void fail(ControlPlaneException reason) {
    if (!ready.completeExceptionally(reason) && !stop.isDone()) {
      log.error("{}", reason.sentence(), reason);
    }
    stop.complete(null);
  }

  /** To threads of this process by {@link #picture}, to other processes by a record. */
  private void show(Component.State state, Life life) {
    records.write(
        new ProcessRecord(
            spec.name(),
            spec.version(),
            life.pid(),
            life.started(),
            spec.executable(),
            restarts,
            state));
    picture = picture(state, Optional.of(life));
  }

  private Component picture(Component.State state, Optional<Life> life) {
    return new Component(
        spec.name(),
        state,
        life.map(present -> OptionalLong.of(present.pid())).orElse(OptionalLong.empty()),
        restarts,
        life.map(Life::started),
        spec.log(),
        spec.version());
  }

  /** Stops it, and returns when it is gone. Idempotent. */
  @Override
  public void close() {
    stop.complete(null);
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private record Life(long pid, Instant started) {}
}
