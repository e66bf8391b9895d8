package io.viking.cli.bench.churn;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.viking.bench.churn.ChurnReport;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.process.ProcessUse;

/** A report as machines read it; times are in seconds. */
final class ChurnJson {
  private ChurnJson() {}

  static String of(ChurnReport report) {
    var json = new JsonObject();
    json.addProperty("present", report.present());
    json.addProperty("perSecond", report.perSecond());
    json.addProperty("pods", report.pods());
    json.add("createCall", percentiles(report.createCall()));
    json.add("toReady", percentiles(report.toReady()));
    json.add("toReadySinceSeen", percentiles(report.toReadySinceSeen()));
    json.add("toGone", percentiles(report.toGone()));
    report
        .cost()
        .calls()
        .ifPresent(calls -> json.addProperty("writesPerPod", calls.writes() / report.pods()));
    var processes = new JsonObject();
    for (ProcessUse use : report.cost().processes()) {
      var one = new JsonObject();
      one.addProperty("cpuSecondsPerPod", use.cpuSeconds() / report.pods());
      one.addProperty("maxRssBytes", use.maxRssBytes());
      processes.add(use.name(), one);
    }
    json.add("processes", processes);
    return new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n";
  }

  private static JsonObject percentiles(Percentiles times) {
    var json = new JsonObject();
    json.addProperty("p50", times.p50().toNanos() / 1e9);
    json.addProperty("p90", times.p90().toNanos() / 1e9);
    json.addProperty("p99", times.p99().toNanos() / 1e9);
    json.addProperty("max", times.max().toNanos() / 1e9);
    return json;
  }
}
