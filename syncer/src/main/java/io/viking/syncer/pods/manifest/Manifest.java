package io.viking.syncer.pods.manifest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.kube.client.KubeJson;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a manifest: what of a pod goes to the cloud.
 *
 * <p>{@link KubeJson} leaves out what says nothing, so that a manifest has no nulls, empty lists
 * and empty maps. An empty emptyDir stays.
 */
final class Manifest {
  /** Answered by the API server's side, or resolved into files and credentials. */
  private static final Set<String> DROPPED =
      Set.of(
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

  private Manifest() {}

  /** A pod as JSON, as far as anything in it can be referred to. */
  static JsonObject source(V1Pod model) {
    V1ObjectMeta given = Objects.requireNonNullElseGet(model.getMetadata(), V1ObjectMeta::new);
    JsonObject metadata = new JsonObject();
    put(metadata, "name", given.getName());
    put(metadata, "namespace", given.getNamespace());
    put(metadata, "uid", given.getUid());
    put(metadata, "labels", given.getLabels());
    put(metadata, "annotations", given.getAnnotations());
    V1PodSpec spec = Objects.requireNonNullElseGet(model.getSpec(), V1PodSpec::new);
    JsonObject pod = new JsonObject();
    pod.add("metadata", metadata);
    pod.add("spec", KubeJson.gson().toJsonTree(spec));
    return pod;
  }

  /**
   * A manifest to be filled in. What it keeps of the pod's containers and volumes it shares with
   * it: filling it in changes both.
   *
   * @param keptAnnotations which annotations travel along
   */
  static JsonObject of(JsonObject pod, Map<String, String> keptAnnotations) {
    JsonObject manifest = new JsonObject();
    manifest.addProperty("apiVersion", "v1");
    manifest.addProperty("kind", "Pod");
    JsonObject metadata = without(Set.of("annotations"), pod.get("metadata"));
    put(metadata, "annotations", keptAnnotations);
    manifest.add("metadata", metadata);
    manifest.add("spec", without(DROPPED, pod.get("spec")));
    return manifest;
  }

  private static JsonObject without(Set<String> fields, @Nullable JsonElement object) {
    JsonObject rest = new JsonObject();
    if (object instanceof JsonObject given) {
      for (var field : given.entrySet()) {
        if (!fields.contains(field.getKey())) {
          rest.add(field.getKey(), field.getValue());
        }
      }
    }
    return rest;
  }

  private static void put(JsonObject object, String field, @Nullable String text) {
    if (text != null) {
      object.addProperty(field, text);
    }
  }

  private static void put(JsonObject object, String field, @Nullable Map<String, String> entries) {
    if (entries != null && !entries.isEmpty()) {
      JsonObject map = new JsonObject();
      entries.forEach(map::addProperty);
      object.add(field, map);
    }
  }
}
