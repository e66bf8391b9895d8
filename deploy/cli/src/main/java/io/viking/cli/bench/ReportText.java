package io.viking.cli.bench;

import io.viking.bench.floor.FloorRun;
import io.viking.bench.report.BenchReport;
import io.viking.bench.report.Round;
import io.viking.bench.storm.StormResult;
import io.viking.cli.output.Table;
import java.util.Locale;

/** A report as a person reads it. */
final class ReportText {
  private ReportText() {}

  static String of(BenchReport report) {
    var text = new StringBuilder();
    report.rounds().forEach(round -> text.append(round(round)));
    return text.toString();
  }

  private static String round(Round round) {
    var table =
        new Table(
            round.token().words().toUpperCase(Locale.ROOT),
            "PODS/S",
            "RATIO",
            "DELETED/S",
            "RATIO");
    for (StormResult storm : round.storms()) {
      table.row(
          storm.spec().subject(),
          number(storm.up().podsPerSecond()),
          number(round.ratioUp(storm)),
          number(storm.deletedPerSecond()),
          number(round.ratioDown(storm)));
    }
    for (FloorRun run : round.floor().runs()) {
      table.row(
          "floor, %d wide".formatted(run.width()),
          number(run.up().podsPerSecond()),
          "",
          number(run.down().podsPerSecond()),
          "");
    }
    return table + "\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }
}
