package io.viking.cli.bench.placement;

import com.google.gson.GsonBuilder;
import io.viking.cli.output.Table;
import java.util.List;
import java.util.Locale;

/**
 * What all rivals came to.
 *
 * @param seconds how long the trace is
 * @param outcomes the first is what the others are compared with
 */
record PlacementReport(
    long seed, long workloads, long pods, long seconds, String currency, List<Outcome> outcomes) {
  private static final double BILLION = 1e9;
  private static final double HOUR = 3600;

  PlacementReport {
    outcomes = List.copyOf(outcomes);
  }

  String text() {
    var table =
        new Table(
            "PLACEMENT",
            "MONEY " + currency,
            "÷ " + outcomes.getFirst().rival().toUpperCase(Locale.ROOT),
            "WAITED",
            "POD-HOURS",
            "REFUSED",
            "IN ONE ZONE",
            "WORST",
            "ZONE LOSS",
            "LOST WHOLE");
    for (Outcome outcome : outcomes) {
      table.row(
          outcome.rival(),
          format("%.2f", outcome.money() / BILLION),
          format("%.3f", (double) outcome.money() / Math.max(1, outcomes.getFirst().money())),
          Integer.toString(outcome.waited()),
          format("%.1f", outcome.waitedSeconds() / HOUR),
          Integer.toString(outcome.refused()),
          percent(outcome.meanShare()),
          percent(outcome.worstShare()),
          percent(outcome.meanLoss()),
          format("%.2f", outcome.lostWhole()));
    }
    return format(
            "%d pods of %d workloads over %.1f hours, %d zones, seed %d.%n%n",
            pods, workloads, seconds / HOUR, Market.ZONES.size(), seed)
        + table
        + LEGEND;
  }

  private static final String LEGEND =
      """

      WAITED, POD-HOURS: pods that found no zone when they came, and how long they waited together; REFUSED: that never had one.
      IN ONE ZONE, WORST: of a workload's pods the part in its fullest zone, over the time in which three or more ran: mean, and of the worst workload.
      ZONE LOSS: what the loss of the zone whose loss is worst takes of a workload of two pods or more; LOST WHOLE: how many of them it takes as a
      whole. Means of the whole time.
      """;

  String json() {
    return new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(this) + "\n";
  }

  private static String percent(double part) {
    return format("%.1f %%", 100 * part);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
