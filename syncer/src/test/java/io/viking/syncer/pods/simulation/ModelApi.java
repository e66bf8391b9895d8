package io.viking.syncer.pods.simulation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Pods as an API server keeps them: UIDs, graceful deletion, finalizers, status patches. */
final class ModelApi {
  /** What happened, as a watch tells it. */
  record Change(boolean deleted, V1Pod pod) {}

  /** An answer with an HTTP code. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    final int code;

    Refusal(int code) {
      this.code = code;
    }
  }

  private static final List<String> PHASES = List.of("Pending", "Running", "Succeeded", "Failed");

  private final Consumer<Change> watch;
  private final Map<String, JsonObject> byName = new LinkedHashMap<>();
  private final Map<String, V1Pod> decoded = new LinkedHashMap<>();
  private Instant now = Instant.EPOCH;
  private int serial;

  /** Whether pods that are created from now on have a zone spread with DoNotSchedule. */
  boolean strictSpread;

  ModelApi(Consumer<Change> watch) {
    this.watch = watch;
  }

  void time(Instant time) {
    now = time;
  }

  String create(String name, String node, String restartPolicy, String owner, boolean finalizer) {
    String uid = "uid-" + name + "-" + ++serial;
    JsonObject pod =
        JsonParser.parseString(
                """
                {"apiVersion":"v1","kind":"Pod",
                 "metadata":{"namespace":"ns","name":"%s","uid":"%s","generation":1},
                 "spec":{"nodeName":"%s","restartPolicy":"%s","terminationGracePeriodSeconds":30,
                         "containers":[{"name":"main","image":"busybox"}]},
                 "status":{"phase":"Pending"}}
                """
                    .formatted(name, uid, node, restartPolicy))
            .getAsJsonObject();
    if (finalizer) {
      JsonArray finalizers = new JsonArray();
      finalizers.add("batch.kubernetes.io/job-tracking");
      pod.getAsJsonObject("metadata").add("finalizers", finalizers);
    }
    if (strictSpread) {
      pod.getAsJsonObject("spec")
          .add(
              "topologySpreadConstraints",
              JsonParser.parseString(
                  """
                  [{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone",
                    "whenUnsatisfiable":"DoNotSchedule"}]
                  """));
    }
    if (!owner.isEmpty()) {
      pod.getAsJsonObject("metadata")
          .add(
              "ownerReferences",
              JsonParser.parseString(
                  """
                  [{"apiVersion":"batch/v1","kind":"%s","name":"o","uid":"o"}]
                  """
                      .formatted(owner)));
    }
    byName.put(name, pod);
    changed(name);
    return uid;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  Optional<V1Pod> get(String name) {
    return Optional.ofNullable(decoded.get(name));
  }

  List<V1Pod> list() {
    return new ArrayList<>(decoded.values());
  }

  void annotate(String name, String key, String value) {
    JsonObject metadata = byName.get(name).getAsJsonObject("metadata");
    if (!metadata.has("annotations")) {
      metadata.add("annotations", new JsonObject());
    }
    metadata.getAsJsonObject("annotations").addProperty(key, value);
    changed(name);
  }

  void patchStatus(String name, String json) throws Refusal {
    JsonObject pod = byName.get(name);
    JsonObject patch = JsonParser.parseString(json).getAsJsonObject();
    if (pod == null) {
      throw new Refusal(404);
    }
    if (!uid(pod).equals(patch.getAsJsonObject("metadata").get("uid").getAsString())) {
      throw new Refusal(422);
    }
    JsonObject metadata = patch.getAsJsonObject("metadata");
    if (metadata.has("resourceVersion") && !metadata.get("resourceVersion").equals(version(pod))) {
      throw new Refusal(409);
    }
    String before = phase(pod);
    StrategicMerge.apply(pod, patch);
    if (PHASES.indexOf(phase(pod)) < PHASES.indexOf(before)
        || (PHASES.indexOf(before) >= 2 && !phase(pod).equals(before))) {
      throw new AssertionError(name + " went from " + before + " to " + phase(pod));
    }
    changed(name);
  }

  /**
   * A delete; grace empty = the pod's own.
   *
   * @param uid the precondition; empty = none
   */
  void delete(String name, Optional<String> uid, Optional<Long> grace) throws Refusal {
    JsonObject pod = byName.get(name);
    if (pod == null) {
      throw new Refusal(404);
    }
    if (uid.isPresent() && !uid.get().equals(uid(pod))) {
      throw new Refusal(409);
    }
    JsonObject metadata = pod.getAsJsonObject("metadata");
    boolean isUnbound = pod.getAsJsonObject("spec").get("nodeName").getAsString().isEmpty();
    boolean isTerminal = PHASES.indexOf(phase(pod)) >= 2;
    long seconds = isUnbound || isTerminal ? 0 : grace.orElse(30L);
    if (metadata.has("deletionGracePeriodSeconds")) {
      seconds = Math.min(seconds, metadata.get("deletionGracePeriodSeconds").getAsLong());
    }
    if (seconds == 0 && !metadata.has("finalizers")) {
      remove(name);
      return;
    }
    metadata.addProperty("deletionGracePeriodSeconds", seconds);
    metadata.addProperty(
        "deletionTimestamp",
        now.plus(Duration.ofSeconds(seconds)).truncatedTo(ChronoUnit.SECONDS).toString());
    changed(name);
  }

  /** What the Job controller does once it has counted a pod. */
  void dropFinalizer(String name) {
    JsonObject metadata = byName.get(name).getAsJsonObject("metadata");
    metadata.remove("finalizers");
    boolean isDeleted =
        metadata.has("deletionGracePeriodSeconds")
            && metadata.get("deletionGracePeriodSeconds").getAsLong() == 0;
    if (isDeleted) {
      remove(name);
    } else {
      changed(name);
    }
  }

  boolean hasFinalizer(String name) {
    return byName.get(name).getAsJsonObject("metadata").has("finalizers");
  }

  List<String> names() {
    return new ArrayList<>(byName.keySet());
  }

  /** Whether a pod of this UID wants its instance: bound to us, not deleted, not ended. */
  boolean wantsInstance(String uid) {
    return byName.values().stream()
        .filter(pod -> uid(pod).equals(uid))
        .anyMatch(
            pod ->
                PHASES.indexOf(phase(pod)) < 2
                    && !pod.getAsJsonObject("metadata").has("deletionTimestamp"));
  }

  boolean saysItRan(String uid) {
    return byName.values().stream()
        .anyMatch(pod -> uid(pod).equals(uid) && !phase(pod).equals("Pending"));
  }

  String phase(String name) {
    return phase(byName.get(name));
  }

  boolean isDeleting(String name) {
    return byName.get(name).getAsJsonObject("metadata").has("deletionTimestamp");
  }

  String uid(String name) {
    return uid(byName.get(name));
  }

  private void remove(String name) {
    V1Pod last = Objects.requireNonNull(decoded.remove(name));
    byName.remove(name);
    watch.accept(new Change(true, last));
  }

  private static JsonElement version(JsonObject pod) {
    return pod.getAsJsonObject("metadata").get("resourceVersion");
  }

  private void changed(String name) {
    byName
        .get(name)
        .getAsJsonObject("metadata")
        .addProperty("resourceVersion", Integer.toString(++serial));
    V1Pod pod = JSON.getGson().fromJson(byName.get(name), V1Pod.class);
    decoded.put(name, pod);
    watch.accept(new Change(false, pod));
  }

  private static String uid(JsonObject pod) {
    return pod.getAsJsonObject("metadata").get("uid").getAsString();
  }

  private static String phase(JsonObject pod) {
    return pod.getAsJsonObject("status").get("phase").getAsString();
  }
}
