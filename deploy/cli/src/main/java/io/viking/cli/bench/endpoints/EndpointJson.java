package io.viking.cli.bench.endpoints;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.bench.endpoints.EndpointReport;
import java.time.Duration;

/** A report as machines read it; times are in seconds. */
final class EndpointJson {
  private EndpointJson() {}

  static String of(EndpointReport report) {
    var rows = new JsonArray();
    for (EndpointReport.Row row : report.rows()) {
      var object = new JsonObject();
      object.addProperty("pods", row.pods());
      object.addProperty("services", row.services());
      object.addProperty("kind", row.kind().words());
      object.addProperty("changes", row.changes());
      object.addProperty("callsPerChange", row.callsPerChange());
      object.addProperty("bytesPerChange", row.bytesPerChange());
      object.addProperty("toTheCloudP50", seconds(row.toTheCloud().p50()));
      object.addProperty("toTheCloudP99", seconds(row.toTheCloud().p99()));
      object.addProperty("toTheCloudMax", seconds(row.toTheCloud().max()));
      object.addProperty("kubeProxies", row.proxies());
      object.addProperty("kubeProxyBytesPerChange", row.proxyBytesPerChange());
      rows.add(object);
    }
    var burst = new JsonObject();
    burst.addProperty("pods", report.burst().pods());
    burst.addProperty("backendCalls", report.burst().backendCalls());
    burst.addProperty("seconds", seconds(report.burst().took()));
    var whole = new JsonObject();
    whole.add("rows", rows);
    whole.add("burst", burst);
    return new GsonBuilder().setPrettyPrinting().create().toJson(whole) + "\n";
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
