package io.viking.cli.bench.endpoints;

import io.viking.bench.endpoints.EndpointReport;
import io.viking.cli.output.Table;
import java.time.Duration;
import java.util.Locale;

/** A report as people read it. */
final class EndpointText {
  private EndpointText() {}

  static String of(EndpointReport report) {
    var table =
        new Table(
            "PODS",
            "SERVICES",
            "KIND",
            "CHANGES",
            "CALLS/CHANGE",
            "BYTES/CHANGE",
            "TO THE CLOUD P50",
            "P99",
            "KUBE-PROXIES",
            "THEIR BYTES/CHANGE");
    for (EndpointReport.Row row : report.rows()) {
      table.row(
          Integer.toString(row.pods()),
          Integer.toString(row.services()),
          row.kind().words(),
          Integer.toString(row.changes()),
          decimal(row.callsPerChange()),
          Long.toString(Math.round(row.bytesPerChange())),
          seconds(row.toTheCloud().p50()),
          seconds(row.toTheCloud().p99()),
          Integer.toString(row.proxies()),
          Long.toString(row.proxyBytesPerChange()));
    }
    EndpointReport.Burst burst = report.burst();
    return table
        + """

        A Service with a load balancer, 0 to %d pods: %d calls for backends, %s.
        Kube-proxies are computed: one machine for %d pods, each sent the Service's EndpointSlice.
        """
            .formatted(
                burst.pods(),
                burst.backendCalls(),
                seconds(burst.took()),
                EndpointReport.PODS_PER_MACHINE);
  }

  private static String seconds(Duration time) {
    return decimal(time.toNanos() / 1e9) + " s";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
