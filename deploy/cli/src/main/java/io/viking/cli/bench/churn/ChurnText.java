package io.viking.cli.bench.churn;

import io.viking.bench.churn.ChurnReport;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.process.ProcessUse;
import io.viking.cli.output.Table;
import java.time.Duration;
import java.util.Locale;

/** A report as people read it. */
final class ChurnText {
  private ChurnText() {}

  static String of(ChurnReport report) {
    var waits = new Table("MILLISECONDS", "P50", "P90", "P99", "MAX");
    row(waits, "create to Ready", report.toReady());
    row(waits, "  of which the create call", report.createCall());
    row(waits, "first event to Ready", report.toReadySinceSeen());
    row(waits, "delete to gone", report.toGone());
    var processes = new Table("PROCESS", "CPU MS PER POD", "MAX RSS");
    for (ProcessUse use : report.cost().processes()) {
      processes.row(
          use.name(),
          decimal(use.cpuSeconds() * 1000 / report.pods()),
          (use.maxRssBytes() >> 20) + " MiB");
    }
    String writes =
        report
            .cost()
            .calls()
            .map(calls -> decimal(calls.writes() / report.pods()) + " writes for each of them")
            .orElse("the API server's metrics are not shown to us");
    return """
        %d pods a second come and go beside %d; %d were measured, %s.

        %s
        %s"""
        .formatted(report.perSecond(), report.present(), report.pods(), writes, waits, processes);
  }

  private static void row(Table table, String what, Percentiles times) {
    table.row(
        what, millis(times.p50()), millis(times.p90()), millis(times.p99()), millis(times.max()));
  }

  private static String millis(Duration time) {
    return decimal(time.toNanos() / 1e6);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
