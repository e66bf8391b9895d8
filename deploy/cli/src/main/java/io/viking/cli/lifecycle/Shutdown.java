package io.viking.cli.lifecycle;

import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import io.viking.controlplane.data.DataDirectoryOwner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Ends the {@code viking up} of a data directory. The process is the one that holds the directory's
 * lock at this moment, never one found by a name or by a pid alone.
 */
final class Shutdown {
  private static final Duration POLL = Duration.ofMillis(50);

  private Shutdown() {}

  /** What came of it. */
  sealed interface Outcome {
    /** Nothing ran. */
    record NothingRan() implements Outcome {}

    /** It ended when asked to. */
    record Stopped(long pid, Duration took) implements Outcome {}

    /** It did not end in time and was killed; what it left behind was stopped. */
    record Killed(long pid) implements Outcome {}

    /** It was asked to end, and has not yet. */
    record StillRunning(long pid) implements Outcome {}

    /** Viking itself was gone; the processes that it had left behind were stopped. */
    record OrphansStopped(List<String> names) implements Outcome {}
  }

  /**
   * Asks the process to end and waits for it.
   *
   * @param kill what to do when the time is over: kill it, or leave it
   */
  static Outcome run(DataDirectory directory, Duration within, boolean kill, Clock clock)
      throws InterruptedException {
    Optional<DataDirectoryOwner> owner = directory.owner();
    if (owner.isEmpty()) {
      return stopOrphans(directory, clock);
    }
    Instant begun = clock.instant();
    long pid = owner.get().pid();
    Optional<ProcessHandle> process = process(owner.get());
    process.ifPresent(ProcessHandle::destroy);
    if (released(directory, pid, begun.plus(within), clock)) {
      return new Outcome.Stopped(pid, Duration.between(begun, clock.instant()));
    }
    if (!kill || process.isEmpty()) {
      return new Outcome.StillRunning(pid);
    }
    process.get().destroyForcibly();
    if (!released(directory, pid, clock.instant().plus(within), clock)) {
      return new Outcome.StillRunning(pid);
    }
    stopOrphans(directory, clock);
    return new Outcome.Killed(pid);
  }

  /**
   * The process that wrote the lock's record. One that began after the record was written has
   * inherited a pid, and is somebody else.
   */
  private static Optional<ProcessHandle> process(DataDirectoryOwner owner) {
    // Start times are known to 10 ms, records to the second before.
    Instant latest = owner.since().plusSeconds(2);
    return ProcessHandle.of(owner.pid())
        .filter(process -> process.info().startInstant().map(latest::isAfter).orElse(true));
  }

  private static boolean released(DataDirectory directory, long pid, Instant until, Clock clock)
      throws InterruptedException {
    while (directory
        .owner()
        .map(DataDirectoryOwner::pid)
        .filter(holder -> holder == pid)
        .isPresent()) {
      if (!clock.instant().isBefore(until)) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  private static Outcome stopOrphans(DataDirectory directory, Clock clock) {
    if (!directory.exists()) {
      return new Outcome.NothingRan();
    }
    try (DataDirectoryLock lock = directory.acquire(clock)) {
      List<String> stopped =
          ControlPlanes.stopOrphans(lock, clock).stream().map(Component::name).toList();
      return stopped.isEmpty() ? new Outcome.NothingRan() : new Outcome.OrphansStopped(stopped);
    }
  }
}
