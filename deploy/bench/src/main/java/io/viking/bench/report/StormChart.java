package io.viking.bench.report;

import io.viking.bench.chart.LineChart;
import io.viking.bench.chart.LineChart.Colour;
import io.viking.bench.floor.FloorRun;
import io.viking.bench.storm.StormResult;
import io.viking.bench.storm.StormSpec;
import io.viking.bench.workload.TokenUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pods Running over time: each subject and the floor, with tokens and (dashed) without. */
public final class StormChart {
  private static final List<Colour> SUBJECTS = List.of(Colour.BLUE, Colour.ORANGE, Colour.GREEN);

  private StormChart() {}

  /** The chart as SVG. A report without a round gives an empty one. */
  public static String svg(BenchReport report) {
    var series = new ArrayList<LineChart.Series>();
    for (Round round : report.rounds()) {
      boolean dashed = round.token() == TokenUse.WITHOUT;
      for (int i = 0; i < round.storms().size(); i++) {
        StormResult storm = round.storms().get(i);
        series.add(
            new LineChart.Series(
                label(storm.spec().subject(), round, storm.up().podsPerSecond()),
                SUBJECTS.get(i % SUBJECTS.size()),
                dashed,
                storm.up().curve()));
      }
      FloorRun best = round.floor().bestUp();
      series.add(
          new LineChart.Series(
              label("floor", round, best.up().podsPerSecond()),
              Colour.GREY,
              dashed,
              best.up().curve()));
    }
    return new LineChart(title(report), ratios(report), "pods Running", series).svg();
  }

  /** "3,000 pods of a Deployment": what was brought to Running. */
  public static String title(StormSpec spec) {
    String what =
        switch (spec.mode()) {
          case BARE -> "created by the client";
          case DEPLOYMENT ->
              spec.pods() > spec.podsPerController() ? "of several Deployments" : "of a Deployment";
          case JOB -> spec.pods() > spec.podsPerController() ? "of several Jobs" : "of a Job";
        };
    return String.format(Locale.ROOT, "%,d pods %s", spec.pods(), what);
  }

  private static String title(BenchReport report) {
    return report.rounds().stream()
        .flatMap(round -> round.storms().stream())
        .findFirst()
        .map(storm -> title(storm.spec()))
        .orElse("nothing was measured");
  }

  private static String ratios(BenchReport report) {
    return report.rounds().stream()
        .flatMap(
            round ->
                round.storms().stream()
                    .map(
                        storm ->
                            String.format(
                                Locale.ROOT,
                                "%s ÷ floor = %.2f %s",
                                storm.spec().subject(),
                                round.ratioUp(storm),
                                round.token().words())))
        .collect(Collectors.joining(" · "));
  }

  private static String label(String who, Round round, double podsPerSecond) {
    return String.format(
        Locale.ROOT, "%s, %s: %.0f pods/s", who, round.token().words(), podsPerSecond);
  }
}
