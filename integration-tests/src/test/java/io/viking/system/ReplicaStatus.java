package io.viking.system;

import io.viking.cli.server.StatusReport;
import java.util.List;

/** Which of several processes leads, as a status shows it. */
final class ReplicaStatus {
  private ReplicaStatus() {}

  /**
   * Those processes of a part that lead, by name; more than one is a breach, unless pods are
   * divided into shards.
   */
  static List<StatusReport.Part> leaders(StatusReport status, String part) {
    return processes(status, part).stream()
        .filter(process -> process.state().equals("ready"))
        .toList();
  }

  static List<StatusReport.Part> processes(StatusReport status, String part) {
    return status.parts().stream()
        .filter(process -> process.name().matches(part + "-[0-9]+"))
        .toList();
  }
}
