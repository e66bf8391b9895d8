package io.viking.controlplane.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the process that now has a recorded pid is the recorded one. Pids are used again, so
 * nothing is signalled unless its start time and its executable are those that were written down.
 */
final class Identity {
  /**
   * The system derives start times from ticks since boot, and its idea of the boot's wall-clock
   * time moves when the clock is adjusted.
   */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final String REPLACED = " (deleted)";

  private Identity() {}

  /** What the process table shows of a pid; parts that may not be read are empty. */
  record Observed(Optional<Instant> started, Optional<String> executable) {

    static Optional<Observed> of(long pid) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(ProcessHandle::info)
          .map(info -> new Observed(info.startInstant(), info.command()));
    }
  }

  /** True only if both marks are readable and match. */
  static boolean same(ProcessRecord record, Observed observed) {
    return observed.started().map(at -> near(at, record.started())).orElse(false)
        && observed
            .executable()
            .map(Identity::withoutMark)
            .map(path -> path.equals(record.executable()))
            .orElse(false);
  }

  private static boolean near(Instant a, Instant b) {
    return Duration.between(a, b).abs().compareTo(TOLERANCE) <= 0;
  }

  /** Linux marks the executable of a running process whose file was replaced. */
  private static Path withoutMark(String executable) {
    return Path.of(
        executable.endsWith(REPLACED)
            ? executable.substring(0, executable.length() - REPLACED.length())
            : executable);
  }
}
