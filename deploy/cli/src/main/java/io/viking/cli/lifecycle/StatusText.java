package io.viking.cli.lifecycle;

import io.viking.cli.output.Age;
import io.viking.cli.output.Table;
import io.viking.cli.server.StatusReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A status as people read it. */
final class StatusText {
  private StatusText() {}

  static String of(StatusReport report, Path directory, Instant now) {
    var text = new StringBuilder();
    text.append(
        "viking %s is %s: up for %s on %s (pid %d)%n"
            .formatted(
                report.version(),
                report.state(),
                age(report.startedAt(), now),
                directory,
                report.pid()));
    if (!report.server().isEmpty()) {
      text.append(
          "Kubernetes %s (%s) at %s%n"
              .formatted(report.kubernetes(), report.controlPlane(), report.server()));
      text.append("kubeconfig %s%n".formatted(report.kubeconfig()));
    }
    var table =
        new Table("NAME", "KIND", "STATE", "PID", "RESTARTS", "UPTIME", "VERSION", "DETAIL");
    for (StatusReport.Part part : report.parts()) {
      table.row(
          part.name(),
          part.kind(),
          part.state(),
          part.pid() == 0 ? "" : Long.toString(part.pid()),
          Integer.toString(part.restarts()),
          age(part.since(), now),
          part.version(),
          part.detail());
    }
    text.append('\n').append(table).append('\n');
    text.append("pods        %s%n".formatted(pods(report.pods())));
    text.append(
        "instances   %d in %d zones of the cloud (profile %s)%n"
            .formatted(report.instances(), report.zones(), report.profile()));
    if (report.orphansHeld() > 0) {
      text.append(
          "orphans     %d instances without a pod are held: see viking cloud gc%n"
              .formatted(report.orphansHeld()));
    }
    return text.toString();
  }

  private static String pods(Map<String, Integer> byState) {
    if (byState.isEmpty()) {
      return "0";
    }
    long all = byState.values().stream().mapToLong(Integer::longValue).sum();
    return all
        + " ("
        + new TreeMap<>(byState)
            .entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "))
        + ")";
  }

  private static String age(String since, Instant now) {
    return since.isEmpty() ? "" : Age.of(Duration.between(Instant.parse(since), now));
  }
}
