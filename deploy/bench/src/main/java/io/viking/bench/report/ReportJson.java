package io.viking.bench.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.bench.floor.FloorResult;
import io.viking.bench.floor.FloorRun;
import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Curve;
import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.process.ProcessUse;
import io.viking.bench.storm.StormResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A report for machines. Times are in seconds, memory in bytes; what could not be measured is left
 * out.
 */
public final class ReportJson {
  /** What is made less often is housekeeping. */
  private static final double LEAST_PER_POD = 0.001;

  private ReportJson() {}

  public static String of(BenchReport report) {
    JsonObject json = new JsonObject();
    json.add("machine", machine(report.machine()));
    json.addProperty("warmUpPods", report.warmUp());
    JsonArray rounds = new JsonArray();
    report.rounds().forEach(round -> rounds.add(round(round)));
    json.add("rounds", rounds);
    json.add("processes", processes(report.processes()));
    json.add("notes", strings(report.notes()));
    json.add("troubles", strings(report.troubles()));
    return new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(json) + "\n";
  }

  private static JsonObject machine(Machine machine) {
    JsonObject json = new JsonObject();
    json.addProperty("at", machine.at().toString());
    json.addProperty("processors", machine.processors());
    json.addProperty("memoryBytes", machine.memoryBytes());
    json.addProperty("system", machine.system());
    json.addProperty("java", machine.java());
    json.addProperty("kubernetes", machine.kubernetes());
    return json;
  }

  private static JsonObject round(Round round) {
    JsonObject json = new JsonObject();
    json.addProperty("token", round.token().mounts());
    JsonArray storms = new JsonArray();
    round.storms().forEach(storm -> storms.add(storm(round, storm)));
    json.add("storms", storms);
    json.add("floor", floor(round.floor()));
    return json;
  }

  private static JsonObject storm(Round round, StormResult storm) {
    JsonObject json = new JsonObject();
    json.addProperty("subject", storm.spec().subject());
    json.addProperty("pods", storm.spec().pods());
    json.addProperty("mode", storm.spec().mode().name().toLowerCase(Locale.ROOT));
    json.addProperty("podsPerSecond", rounded(storm.up().podsPerSecond()));
    json.addProperty("ratioToFloor", rounded(round.ratioUp(storm)));
    json.addProperty("deletedPerSecond", rounded(storm.deletedPerSecond()));
    json.addProperty("deletionRatioToFloor", rounded(round.ratioDown(storm)));
    json.add("toRunning", percentiles(storm.toRunning()));
    json.add("toReady", percentiles(storm.toReady()));
    json.add("creation", passage(storm.up()));
    json.add("deletion", passage(storm.down()));
    storm
        .cloudEmpty()
        .ifPresent(empty -> json.addProperty("cloudEmptyAfterSeconds", seconds(empty)));
    storm.podWatches().ifPresent(watches -> json.addProperty("podWatches", watches));
    json.add("lost", strings(storm.lost()));
    return json;
  }

  private static JsonObject floor(FloorResult floor) {
    JsonObject json = new JsonObject();
    json.addProperty("loopsPaused", floor.notPaused().isEmpty());
    floor.notPaused().ifPresent(why -> json.addProperty("notPausedBecause", why));
    floor.podWatches().ifPresent(watches -> json.addProperty("podWatches", watches));
    json.addProperty("addedPodWatches", floor.addedWatches());
    json.addProperty("bestWidth", floor.bestUp().width());
    json.addProperty("bestDeletionWidth", floor.bestDown().width());
    JsonArray runs = new JsonArray();
    for (FloorRun run : floor.runs()) {
      JsonObject one = new JsonObject();
      one.addProperty("width", run.width());
      one.addProperty("podsPerSecond", rounded(run.up().podsPerSecond()));
      one.addProperty("deletedPerSecond", rounded(run.down().podsPerSecond()));
      one.add("toRunning", percentiles(run.toRunning()));
      one.add("creation", passage(run.up()));
      one.add("deletion", passage(run.down()));
      one.addProperty("retries", run.retries());
      runs.add(one);
    }
    json.add("runs", runs);
    return json;
  }

  private static JsonObject passage(Passage passage) {
    JsonObject json = new JsonObject();
    json.addProperty("pods", passage.pods());
    json.addProperty("seconds", seconds(passage.took()));
    Cost cost = passage.cost();
    cost.calls()
        .ifPresent(
            counts -> {
              JsonArray calls = new JsonArray();
              counts
                  .perPod(passage.pods(), LEAST_PER_POD)
                  .forEach(
                      (call, perPod) -> {
                        JsonObject one = new JsonObject();
                        one.addProperty("verb", call.verb());
                        one.addProperty("resource", call.resource());
                        one.addProperty("perPod", rounded(perPod));
                        calls.add(one);
                      });
              json.add("apiCallsPerPod", calls);
              json.addProperty("apiCallsRefused", Math.round(counts.refused()));
            });
    json.add("processes", processes(cost.processes()));
    json.add("curve", curve(passage.curve()));
    return json;
  }

  private static JsonArray curve(Curve curve) {
    JsonArray points = new JsonArray();
    for (Curve.Point point : curve.points()) {
      JsonArray pair = new JsonArray();
      pair.add(rounded(point.seconds()));
      pair.add(point.count());
      points.add(pair);
    }
    return points;
  }

  private static JsonArray processes(List<ProcessUse> processes) {
    JsonArray json = new JsonArray();
    for (ProcessUse use : processes) {
      JsonObject one = new JsonObject();
      one.addProperty("name", use.name());
      one.addProperty("cpuSeconds", rounded(use.cpuSeconds()));
      one.addProperty("maxRssBytes", use.maxRssBytes());
      one.addProperty("endRssBytes", use.endRssBytes());
      json.add(one);
    }
    return json;
  }

  private static JsonObject percentiles(Percentiles percentiles) {
    JsonObject json = new JsonObject();
    json.addProperty("p50", seconds(percentiles.p50()));
    json.addProperty("p90", seconds(percentiles.p90()));
    json.addProperty("p99", seconds(percentiles.p99()));
    json.addProperty("max", seconds(percentiles.max()));
    return json;
  }

  private static JsonArray strings(List<String> values) {
    JsonArray json = new JsonArray();
    values.forEach(json::add);
    return json;
  }

  private static double seconds(Duration duration) {
    return rounded(duration.toNanos() / 1e9);
  }

  /** To a thousandth: what stands behind that is noise. */
  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
