package io.viking.cli.up;

import io.viking.cli.server.StatusReport;
import java.time.Duration;
import java.util.Optional;

/** What {@code up} says when the cluster is ready: where it is, and what to try. */
final class ReadyMessage {
  private ReadyMessage() {}

  /**
   * Writes it.
   *
   * @param took since the start; empty if it ran before
   * @param command how viking was called: {@code ./viking}
   * @param flag what the commands must carry to find this cluster; may be empty
   * @param foreground whether Ctrl-C stops it
   */
  static String of(
      StatusReport status,
      Optional<Duration> took,
      String command,
      String flag,
      boolean foreground) {
    return """

        %s Kubernetes %s, %d zones of the simulated cloud, profile "%s".

          kubeconfig   %s

        Try:
          %s kubectl%s get nodes
        %s  %s kubectl%s create deployment web --image=nginx --replicas=20
          %s cloud instances%s

        %s%s
        """
        .formatted(
            took.map(time -> "Viking is ready after %.1f s:".formatted(time.toMillis() / 1000.0))
                .orElse(
                    "Viking runs already (process %d), as it was started:".formatted(status.pid())),
            status.kubernetes(),
            status.zones(),
            status.profile(),
            status.kubeconfig(),
            command,
            flag,
            isHybrid(status) ? chosen(command, flag) : "",
            command,
            flag,
            command,
            flag,
            status.profile().equals("instant")
                ? "Instances start at once here; for a real cloud's times and limits stop it, then: %s up%s --profile eci%n"
                    .formatted(command, flag)
                : "500 instances take this cloud at most %.0f s by itself: its create rate and its longest start.%n"
                    .formatted(status.shareOf500Millis() / 1000.0),
            foreground ? "Stop with Ctrl-C." : "Stop with: " + command + " down" + flag);
  }

  private static boolean isHybrid(StatusReport status) {
    return status.parts().stream().anyMatch(part -> part.name().equals(StatusReport.CHOICE_POLICY));
  }

  /** Where kube-scheduler has all other pods, and perhaps no machine for them. */
  private static String chosen(String command, String flag) {
    return "  %s kubectl%s label namespace default alibabacloud.com/eci=true%n"
        .formatted(command, flag);
  }
}
