package io.viking.controlplane.process;

import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlaneException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Recorded processes, seen from outside the supervisor that recorded them. */
public final class Orphans {
  private static final Duration POLL = Duration.ofMillis(20);

  private final ProcessRecords records;
  private final Function<String, Path> log;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * @param log where a component of that name writes
   * @param patience how long a process may take to end after SIGTERM
   */
  public Orphans(
      ProcessRecords records, Function<String, Path> log, Duration patience, InstantSource clock) {
    this.clock = clock;
    this.records = records;
    this.log = log;
    this.patience = patience;
  }

  /**
   * What is recorded, in the order of {@code names}.
   *
   * @param supervised whether the supervisor is there: without it, whatever runs is an orphan
   */
  public List<Component> inspect(List<String> names, boolean supervised) {
    List<ProcessRecord> recorded = records.all();
    return names.stream()
        .flatMap(name -> recorded.stream().filter(record -> record.name().equals(name)))
        .map(
            record ->
                component(
                    record,
                    isThere(record),
                    supervised ? record.state() : Component.State.ORPHANED))
        .toList();
  }

  /** Names that are recorded and not among these. */
  public List<String> othersThan(List<String> names) {
    return records.all().stream()
        .map(ProcessRecord::name)
        .filter(name -> !names.contains(name))
        .toList();
  }

  /**
   * Ends the recorded processes that are still there, one after the other in the order of {@code
   * names}, and forgets all records of those names.
   *
   * @return those that were there
   * @throws ControlPlaneException if one cannot be ended
   */
  public List<Component> stop(List<String> names) throws InterruptedException {
    List<Component> stopped = new ArrayList<>();
    List<ProcessRecord> recorded = records.all();
    for (String name : names) {
      for (ProcessRecord record : recorded) {
        if (!record.name().equals(name)) {
          continue;
        }
        if (isThere(record)) {
          stopped.add(component(record, true, Component.State.ORPHANED));
          stop(record);
        }
        records.remove(name);
      }
    }
    return List.copyOf(stopped);
  }

  private void stop(ProcessRecord record) throws InterruptedException {
    ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroy);
    if (!ends(record)) {
      ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroyForcibly);
      if (!ends(record)) {
        throw new ControlPlaneException(
            "process %d (%s of an earlier run) does not end: stop it as the user who started it."
                .formatted(record.pid(), record.name()));
      }
    }
  }

  /** Asks the process table itself: the JDK's wait for a process that is no child takes seconds. */
  private boolean ends(ProcessRecord record) throws InterruptedException {
    Instant deadline = clock.instant().plus(patience);
    while (isThere(record)) {
      if (clock.instant().isAfter(deadline)) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  private static boolean isThere(ProcessRecord record) {
    return Identity.Observed.of(record.pid())
        .map(observed -> Identity.same(record, observed))
        .orElse(false);
  }

  private Component component(ProcessRecord record, boolean there, Component.State state) {
    return new Component(
        record.name(),
        there ? state : Component.State.STOPPED,
        there ? OptionalLong.of(record.pid()) : OptionalLong.empty(),
        record.restarts(),
        there ? Optional.of(record.started()) : Optional.empty(),
        log.apply(record.name()),
        record.version());
  }
}
