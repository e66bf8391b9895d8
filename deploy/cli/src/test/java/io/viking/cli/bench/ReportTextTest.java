package io.viking.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.viking.bench.apiserver.ApiCall;
import io.viking.bench.apiserver.CallCounts;
import io.viking.bench.floor.FloorResult;
import io.viking.bench.floor.FloorRun;
import io.viking.bench.floor.FloorSpec;
import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Curve;
import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.process.ProcessUse;
import io.viking.bench.report.BenchReport;
import io.viking.bench.report.Machine;
import io.viking.bench.report.ReportJson;
import io.viking.bench.report.Round;
import io.viking.bench.report.StormChart;
import io.viking.bench.storm.StormResult;
import io.viking.bench.storm.StormSpec;
import io.viking.bench.workload.Mode;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  private static final Machine MACHINE =
      new Machine(
          Instant.parse("2026-11-21T10:00:00Z"), 2, 24L << 30, "Linux", "JVM 25", "v1.36.3");

  @Test
  void rates_standNextToTheBestOfTheFloor_andTheRatioIsOfThese() {
    String text = ReportText.of(report(storm(List.of()), Optional.empty()));

    assertThat(text.lines())
        .contains(
            "1,000 pods of a Deployment, with token",
            "viking           80       0.80      40          0.50",
            "floor, 16 wide   50       -         80 *        -",
            "floor, 48 wide   100 *    -         50          -",
            "* the best of the floor, by which the storms are divided.");
  }

  @Test
  void calls_areCountedPerPod_andEventsStandLast() {
    String text = ReportText.of(report(storm(List.of()), Optional.empty()));

    assertThat(text)
        .containsSubsequence(
            "API CALLS PER POD   VIKING   FLOOR\n",
            "post pods           1.00     1.00\n",
            "patch pods/status   1.00     -\n",
            "post events         2.50     -\n");
  }

  @Test
  void notes_arePassedOn() {
    assertThat(ReportText.of(report(storm(List.of()), Optional.empty()))).contains("a note");
  }

  @Test
  void lostPods_areNamed() {
    String text = ReportText.of(report(storm(List.of("b", "a")), Optional.empty()));

    assertThat(text).contains("viking LOST 2 pods: a, b.");
  }

  @Test
  void loopsThatWereNotPaused_areSaidToFlatter() {
    String text = ReportText.of(report(storm(List.of()), Optional.of("nobody acknowledged")));

    assertThat(text)
        .contains(
            "LOOPS NOT PAUSED during the floor, so that it is too low and the ratio flatters: nobody acknowledged.");
  }

  @Test
  void json_hasTheSameFigures() {
    BenchReport report = report(storm(List.of("a")), Optional.empty());

    JsonObject json = JsonParser.parseString(ReportJson.of(report)).getAsJsonObject();

    JsonObject round = json.getAsJsonArray("rounds").get(0).getAsJsonObject();
    JsonObject storm = round.getAsJsonArray("storms").get(0).getAsJsonObject();
    assertThat(storm.get("ratioToFloor").getAsDouble()).isEqualTo(0.8);
    assertThat(storm.get("deletionRatioToFloor").getAsDouble()).isEqualTo(0.5);
    assertThat(storm.getAsJsonArray("lost")).hasSize(1);
    assertThat(round.getAsJsonObject("floor").get("bestWidth").getAsInt()).isEqualTo(48);
    assertThat(round.getAsJsonObject("floor").get("bestDeletionWidth").getAsInt()).isEqualTo(16);
  }

  @Test
  void chart_hasACurveForEach_withItsRate() {
    String svg = StormChart.svg(report(storm(List.of()), Optional.empty()));

    assertThat(svg)
        .contains(
            "viking, with token: 80 pods/s", "floor, with token: 100 pods/s", "= 0.80 with token");
  }

  @Test
  void report_isCleanOnlyIfNothingWasLostAndNothingFailed() {
    BenchReport clean = report(storm(List.of()), Optional.empty());

    assertThat(clean.isClean()).isTrue();
    assertThat(report(storm(List.of("a")), Optional.empty()).isClean()).isFalse();
    assertThat(
            new BenchReport(
                    MACHINE, 0, clean.rounds(), List.of(), List.of(), List.of("it stood still"))
                .isClean())
        .isFalse();
  }

  private static BenchReport report(StormResult storm, Optional<String> notPaused) {
    var floor =
        new FloorResult(
            new FloorSpec(1000, TokenUse.WITH, List.of(16, 48), 4),
            List.of(floorRun(16, 20.0, 12.5), floorRun(48, 10.0, 20.0)),
            Optional.of(4),
            1,
            notPaused);
    return new BenchReport(
        MACHINE,
        200,
        List.of(new Round(TokenUse.WITH, List.of(storm), floor)),
        List.of(new ProcessUse("viking", 9, 300L << 20, 280L << 20)),
        List.of("a note"),
        List.of());
  }

  private static StormResult storm(List<String> lost) {
    var calls =
        Map.of(
            new ApiCall("POST", "events"), 2500.0,
            new ApiCall("POST", "pods"), 1000.0,
            new ApiCall("PATCH", "pods/status"), 1000.0);
    return new StormResult(
        StormSpec.of("viking", 1000, Mode.DEPLOYMENT, TokenUse.WITH, PodPlacement.by("viking")),
        passage(12.5, calls),
        Percentiles.NONE,
        Percentiles.NONE,
        passage(20, Map.of()),
        // The cloud needed longer than the API server: that is the time that counts.
        Optional.of(Duration.ofSeconds(25)),
        Optional.of(4),
        lost);
  }

  private static FloorRun floorRun(int width, double up, double down) {
    return new FloorRun(
        width,
        passage(up, Map.of(new ApiCall("POST", "pods"), 1000.0)),
        Percentiles.NONE,
        passage(down, Map.of()),
        0);
  }

  private static Passage passage(double seconds, Map<ApiCall, Double> calls) {
    return new Passage(
        1000,
        Duration.ofMillis((long) (seconds * 1000)),
        Curve.of(List.of(), 0),
        new Cost(
            Optional.of(new CallCounts(calls, 0)),
            List.of(new ProcessUse("viking", 5, 300L << 20, 300L << 20))));
  }
}
