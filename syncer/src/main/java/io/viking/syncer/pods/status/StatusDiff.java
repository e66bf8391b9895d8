package io.viking.syncer.pods.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.viking.syncer.pods.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Present status + desired status → the smallest strategic-merge patch.
 *
 * <p>How the API server merges decides the form: conditions merge by type (a field to be dropped
 * must be sent as null), container statuses are replaced as a whole, addresses merge by ip (so a
 * change needs a replace directive).
 */
final class StatusDiff {
  private static final List<String> CONDITION_FIELDS = List.of("reason", "message");

  private final PodFacts pod;
  private final DesiredStatus desired;
  private final Instant now;
  private final JsonObject status = new JsonObject();

  private StatusDiff(PodFacts pod, DesiredStatus desired, Instant now) {
    this.pod = pod;
    this.desired = desired;
    this.now = now;
  }

  static Optional<String> patch(PodFacts pod, DesiredStatus desired, Instant now) {
    return new StatusDiff(pod, desired, now).patch();
  }

  private Optional<String> patch() {
    text("phase", desired.phase());
    text("reason", desired.reason());
    text("message", desired.message());
    text("hostIP", desired.hostIp());
    addresses("hostIPs", desired.hostIp().isEmpty() ? List.of() : List.of(desired.hostIp()));
    text("podIP", desired.podIps().isEmpty() ? "" : desired.podIps().getFirst());
    addresses("podIPs", desired.podIps());
    if (!pod.status().has("startTime")) {
      status.addProperty("startTime", Json.time(desired.startTime()));
    }
    containers("initContainerStatuses", desired.inits(), ContainerReports.initsOfPod(pod));
    containers("containerStatuses", desired.apps(), ContainerReports.appsOfPod(pod));
    conditions();

    JsonObject metadata = new JsonObject();
    missing(metadata, "labels", desired.labels(), pod.labels());
    missing(metadata, "annotations", desired.annotations(), pod.annotations());
    if (status.isEmpty() && metadata.isEmpty()) {
      return Optional.empty();
    }
    metadata.addProperty("uid", pod.uid());
    observedGeneration(status, pod.status());
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("status", status);
    return Optional.of(patch.toString());
  }

  private void text(String field, String value) {
    if (!value.isEmpty() && !value.equals(Json.string(pod.status(), field))) {
      status.addProperty(field, value);
    }
  }

  private void addresses(String field, List<String> ips) {
    if (ips.isEmpty()) {
      return;
    }
    JsonArray wanted = new JsonArray();
    for (String ip : ips) {
      JsonObject entry = new JsonObject();
      entry.addProperty("ip", ip);
      wanted.add(entry);
    }
    JsonElement present = pod.status().get(field);
    if (wanted.equals(present)) {
      return;
    }
    if (present != null) {
      JsonObject replace = new JsonObject();
      replace.addProperty("$patch", "replace");
      wanted.add(replace);
    }
    status.add(field, wanted);
  }

  private void containers(
      String field, List<ContainerReport> wanted, List<ContainerReport> present) {
    JsonArray json = write(wanted);
    boolean allTold = Json.objects(pod.status(), field).size() == wanted.size();
    // Compared as we write them: a field that only others write makes no difference.
    if (!wanted.isEmpty() && !(allTold && json.equals(write(present)))) {
      status.add(field, json);
    }
  }

  private static JsonArray write(List<ContainerReport> reports) {
    JsonArray json = new JsonArray();
    reports.forEach(report -> json.add(ContainerJson.write(report)));
    return json;
  }

  private void conditions() {
    JsonArray changed = new JsonArray();
    for (Condition condition : desired.conditions()) {
      JsonObject present = pod.condition(condition.type()).orElseGet(JsonObject::new);
      String wantedStatus = condition.status() ? "True" : "False";
      boolean sameStatus = wantedStatus.equals(Json.string(present, "status"));
      if (sameStatus
          && condition.reason().equals(Json.string(present, "reason"))
          && condition.message().equals(Json.string(present, "message"))) {
        continue;
      }
      JsonObject entry = new JsonObject();
      entry.addProperty("type", condition.type());
      entry.addProperty("status", wantedStatus);
      Json.put(entry, "reason", condition.reason());
      Json.put(entry, "message", condition.message());
      for (String field : CONDITION_FIELDS) {
        if (present.has(field) && !entry.has(field)) {
          entry.add(field, JsonNull.INSTANCE);
        }
      }
      if (!sameStatus || !present.has("lastTransitionTime")) {
        entry.addProperty("lastTransitionTime", Json.time(now));
      }
      observedGeneration(entry, present);
      changed.add(entry);
    }
    if (!changed.isEmpty()) {
      status.add("conditions", changed);
    }
  }

  /** Rides on what is written anyway; a new generation alone is told with the next real change. */
  private void observedGeneration(JsonObject target, JsonObject present) {
    pod.generation()
        .ifPresent(
            generation -> {
              if (!present.has("observedGeneration")
                  || present.get("observedGeneration").getAsLong() != generation) {
                target.addProperty("observedGeneration", generation);
              }
            });
  }

  private static void missing(
      JsonObject metadata, String field, Map<String, String> wanted, Map<String, String> present) {
    JsonObject changes = new JsonObject();
    wanted.forEach(
        (key, value) -> {
          if (!value.equals(present.get(key))) {
            changes.addProperty(key, value);
          }
        });
    if (!changes.isEmpty()) {
      metadata.add(field, changes);
    }
  }
}
