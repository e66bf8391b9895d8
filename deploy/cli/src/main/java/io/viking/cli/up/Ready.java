package io.viking.cli.up;

import io.viking.cli.server.StatusReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/** What {@code up} does once the cluster is ready: what was asked for, and tell the user. */
final class Ready {
  private final PrintWriter out;
  private final String flag;
  private final Step before;

  /** Something to do with the ready cluster. */
  interface Step {
    void run(StatusReport status) throws IOException;
  }

  Ready(PrintWriter out, String flag, Step before) {
    this.out = out;
    this.flag = flag;
    this.before = before;
  }

  void announce(StatusReport status, Optional<Duration> took, boolean foreground)
      throws IOException {
    before.run(status);
    out.print(
        ReadyMessage.of(
            status, took, System.getProperty("viking.command", "viking"), flag, foreground));
    out.flush();
  }
}
