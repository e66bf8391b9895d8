package io.viking.syncer.pods.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.viking.syncer.pods.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Present status + desired status → the smallest strategic-merge patch.
 *
 * <p>How the API server merges decides the form: conditions merge by type (a field to be dropped
 * must be sent as null), container statuses are replaced as a whole, addresses merge by ip (so a
 * change needs a replace directive).
 */
final class StatusDiff {
  private final PodFacts pod;
  private final PresentStatus present;
  private final DesiredStatus desired;
  private final Instant now;
  private final JsonObject status = new JsonObject();

  private StatusDiff(PodFacts pod, DesiredStatus desired, Instant now) {
    this.pod = pod;
    this.present = pod.status();
    this.desired = desired;
    this.now = now;
  }

  static Optional<JsonObject> patch(PodFacts pod, DesiredStatus desired, Instant now) {
    return new StatusDiff(pod, desired, now).patch();
  }

  private Optional<JsonObject> patch() {
    text("phase", desired.phase(), present.phase());
    text("reason", desired.reason(), present.reason());
    text("message", desired.message(), present.message());
    text("hostIP", desired.hostIp(), present.hostIp());
    List<String> hostIps = desired.hostIp().isEmpty() ? List.of() : List.of(desired.hostIp());
    addresses("hostIPs", hostIps, present.hostIps());
    String podIp = desired.podIps().isEmpty() ? "" : desired.podIps().getFirst();
    text("podIP", podIp, present.podIp());
    addresses("podIPs", desired.podIps(), present.podIps());
    if (!present.hasStartTime()) {
      status.addProperty("startTime", Json.time(desired.startTime()));
    }
    containers(
        "initContainerStatuses",
        desired.inits(),
        present.initContainers().size(),
        () -> ContainerReports.initsOfPod(pod));
    containers(
        "containerStatuses",
        desired.apps(),
        present.containers().size(),
        () -> ContainerReports.appsOfPod(pod));
    conditions();

    JsonObject metadata = new JsonObject();
    missing(metadata, "labels", desired.labels(), pod.labels());
    missing(metadata, "annotations", desired.annotations(), pod.annotations());
    if (status.isEmpty() && metadata.isEmpty()) {
      return Optional.empty();
    }
    metadata.addProperty("uid", pod.uid());
    observedGeneration(status, present.observedGeneration());
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("status", status);
    return Optional.of(patch);
  }

  private void text(String field, String wanted, String told) {
    if (!wanted.isEmpty() && !wanted.equals(told)) {
      status.addProperty(field, wanted);
    }
  }

  private void addresses(String field, List<String> wanted, List<String> told) {
    if (wanted.isEmpty() || wanted.equals(told)) {
      return;
    }
    JsonArray entries = new JsonArray();
    for (String ip : wanted) {
      JsonObject entry = new JsonObject();
      entry.addProperty("ip", ip);
      entries.add(entry);
    }
    if (!told.isEmpty()) {
      JsonObject replace = new JsonObject();
      replace.addProperty("$patch", "replace");
      entries.add(replace);
    }
    status.add(field, entries);
  }

  private void containers(
      String field,
      List<ContainerReport> wanted,
      int told,
      Supplier<List<ContainerReport>> asTold) {
    // Compared by what we write of them: a field that only others write makes no difference.
    if (!wanted.isEmpty() && !(told == wanted.size() && wanted.equals(asTold.get()))) {
      status.add(field, write(wanted));
    }
  }

  private static JsonArray write(List<ContainerReport> reports) {
    JsonArray json = new JsonArray();
    reports.forEach(report -> json.add(ContainerJson.write(report)));
    return json;
  }

  private void conditions() {
    JsonArray changed = new JsonArray();
    String transition = "";
    for (Condition condition : desired.conditions()) {
      PresentStatus.Told told =
          present.condition(condition.type()).orElse(PresentStatus.Told.NOTHING);
      String wanted = condition.status() ? "True" : "False";
      boolean sameStatus = wanted.equals(told.status());
      if (sameStatus
          && condition.reason().equals(told.reason())
          && condition.message().equals(told.message())) {
        continue;
      }
      JsonObject entry = new JsonObject();
      entry.addProperty("type", condition.type());
      entry.addProperty("status", wanted);
      textOrNull(entry, "reason", condition.reason(), told.reason());
      textOrNull(entry, "message", condition.message(), told.message());
      if (!sameStatus || !told.hasTransitionTime()) {
        transition = transition.isEmpty() ? Json.time(now) : transition;
        entry.addProperty("lastTransitionTime", transition);
      }
      observedGeneration(entry, told.observedGeneration());
      changed.add(entry);
    }
    if (!changed.isEmpty()) {
      status.add("conditions", changed);
    }
  }

  private static void textOrNull(JsonObject entry, String field, String wanted, String told) {
    if (!wanted.isEmpty()) {
      entry.addProperty(field, wanted);
    } else if (!told.isEmpty()) {
      entry.add(field, JsonNull.INSTANCE);
    }
  }

  /** Rides on what is written anyway; a new generation alone is told with the next real change. */
  private void observedGeneration(JsonObject target, OptionalLong told) {
    if (pod.generation().isPresent() && !pod.generation().equals(told)) {
      target.addProperty("observedGeneration", pod.generation().getAsLong());
    }
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
