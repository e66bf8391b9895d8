package io.viking.scheduler;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.scheduler.loop.SchedulerEffect;
import java.time.temporal.ChronoUnit;

/**
 * The strategic merge patch that says why a pod waits. Conditions merge by type. It has the version
 * that was judged: a pod that was bound since, by another scheduler even, is not told that it
 * waits.
 */
final class UnschedulablePatch {
  private UnschedulablePatch() {}

  static String of(SchedulerEffect.Report report) {
    var condition = new JsonObject();
    condition.addProperty("type", "PodScheduled");
    condition.addProperty("status", "False");
    condition.addProperty("reason", "Unschedulable");
    condition.addProperty("message", report.message());
    if (report.generation() > 0) {
      condition.addProperty("observedGeneration", report.generation());
    }
    report
        .transition()
        .ifPresent(
            at ->
                condition.addProperty(
                    "lastTransitionTime", at.truncatedTo(ChronoUnit.SECONDS).toString()));
    var conditions = new JsonArray();
    conditions.add(condition);
    var status = new JsonObject();
    status.add("conditions", conditions);
    var metadata = new JsonObject();
    metadata.addProperty("uid", report.pod().uid());
    metadata.addProperty("resourceVersion", report.resourceVersion());
    var patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("status", status);
    return patch.toString();
  }
}
