package io.viking.controlplane;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One part of the control plane as seen at one moment.
 *
 * @param name such as {@code kube-apiserver}
 * @param pid of the running process; empty if there is none or it runs in a container
 * @param restarts since the control plane was started
 * @param since when the running process was started, as the process table says: to a second
 * @param log where it writes
 * @param version such as {@code v1.36.3}
 */
public record Component(
    String name,
    State state,
    OptionalLong pid,
    int restarts,
    Optional<Instant> since,
    Path log,
    String version) {

  /** What a component is doing. */
  public enum State {
    /** Runs, and has not answered its readiness check yet. */
    STARTING,
    /** Answered its readiness check since it was started. */
    READY,
    /** Died; is started again after a delay. */
    BACKING_OFF,
    /** Does not run and will not be started again. */
    STOPPED,
    /** Runs, but the process that supervised it is gone. */
    ORPHANED
  }

  /** How long the running process has been there; zero if there is none. */
  public Duration uptime(Instant now) {
    return since
        .map(start -> Duration.between(start, now))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
