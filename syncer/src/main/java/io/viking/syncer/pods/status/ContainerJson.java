package io.viking.syncer.pods.status;

import com.google.gson.JsonObject;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.status.ContainerState.Running;
import io.viking.syncer.pods.status.ContainerState.Terminated;
import io.viking.syncer.pods.status.ContainerState.Waiting;

/** Writes core/v1 ContainerStatus. */
final class ContainerJson {
  private ContainerJson() {}

  static JsonObject write(ContainerReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("name", report.name());
    json.add("state", state(report.state()));
    report.lastTermination().ifPresent(last -> json.add("lastState", state(last)));
    json.addProperty("ready", report.ready());
    json.addProperty("restartCount", report.restartCount());
    json.addProperty("image", report.image());
    // The API server wants the field, even empty.
    json.addProperty("imageID", report.imageId());
    Json.put(json, "containerID", report.containerId());
    json.addProperty("started", report.started());
    return json;
  }

  private static JsonObject state(ContainerState state) {
    JsonObject inner = new JsonObject();
    String name =
        switch (state) {
          case Waiting(String reason, String message) -> {
            Json.put(inner, "reason", reason);
            Json.put(inner, "message", message);
            yield "waiting";
          }
          case Running running -> {
            Json.put(inner, "startedAt", running.startedAt());
            yield "running";
          }
          case Terminated terminated -> {
            write(terminated, inner);
            yield "terminated";
          }
        };
    JsonObject json = new JsonObject();
    json.add(name, inner);
    return json;
  }

  private static void write(Terminated terminated, JsonObject json) {
    json.addProperty("exitCode", terminated.exitCode());
    if (terminated.signal() != 0) {
      json.addProperty("signal", terminated.signal());
    }
    Json.put(json, "reason", terminated.reason());
    Json.put(json, "message", terminated.message());
    Json.put(json, "startedAt", terminated.startedAt());
    Json.put(json, "finishedAt", terminated.finishedAt());
    Json.put(json, "containerID", terminated.containerId());
  }
}
