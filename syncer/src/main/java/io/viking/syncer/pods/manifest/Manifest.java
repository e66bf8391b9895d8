package io.viking.syncer.pods.manifest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shape of a manifest: what of a pod goes to the cloud. */
final class Manifest {
  private static final Set<String> METADATA =
      Set.of("name", "namespace", "uid", "labels", "annotations");

  /** Answered by the API server's side, or resolved into files and credentials. */
  private static final List<String> DROPPED =
      List.of(
          "nodeName",
          "schedulerName",
          "schedulingGates",
          "nodeSelector",
          "affinity",
          "tolerations",
          "topologySpreadConstraints",
          "priorityClassName",
          "preemptionPolicy",
          "serviceAccount",
          "serviceAccountName",
          "imagePullSecrets",
          "enableServiceLinks",
          "ephemeralContainers");

  /** Maps, which the models write even when nobody set them; an empty one means nothing. */
  private static final Set<String> MAPS =
      Set.of("overhead", "limits", "requests", "labels", "annotations", "matchLabels");

  private Manifest() {}

  /**
   * A manifest to be filled in, from a pod as JSON; the pod stays as it is.
   *
   * @param keptAnnotations which annotations travel along
   */
  static JsonObject of(JsonObject pod, Map<String, String> keptAnnotations) {
    JsonObject manifest = new JsonObject();
    manifest.addProperty("apiVersion", "v1");
    manifest.addProperty("kind", "Pod");
    JsonObject metadata = new JsonObject();
    if (pod.get("metadata") instanceof JsonObject given) {
      given.entrySet().stream()
          .filter(entry -> METADATA.contains(entry.getKey()))
          .forEach(entry -> metadata.add(entry.getKey(), entry.getValue().deepCopy()));
    }
    JsonObject annotations = new JsonObject();
    keptAnnotations.forEach(annotations::addProperty);
    metadata.add("annotations", annotations);
    manifest.add("metadata", metadata);
    JsonObject spec =
        pod.get("spec") instanceof JsonObject given ? given.deepCopy() : new JsonObject();
    DROPPED.forEach(spec::remove);
    manifest.add("spec", spec);
    return manifest;
  }

  /** Leaves out what says nothing: nulls, empty lists, empty maps. An empty emptyDir stays. */
  static JsonElement pruned(JsonElement element) {
    return switch (element) {
      case JsonObject object -> {
        JsonObject copy = new JsonObject();
        object
            .entrySet()
            .forEach(
                entry -> {
                  JsonElement value = pruned(entry.getValue());
                  if (!saysNothing(entry.getKey(), value)) {
                    copy.add(entry.getKey(), value);
                  }
                });
        yield copy;
      }
      case JsonArray array -> {
        JsonArray copy = new JsonArray();
        array.forEach(item -> copy.add(pruned(item)));
        yield copy;
      }
      default -> element;
    };
  }

  private static boolean saysNothing(String field, JsonElement value) {
    return switch (value) {
      case JsonNull _ -> true;
      case JsonArray array -> array.isEmpty();
      case JsonObject object -> object.isEmpty() && MAPS.contains(field);
      case JsonPrimitive _ -> false;
      default -> false;
    };
  }
}
