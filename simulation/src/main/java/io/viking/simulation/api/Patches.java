package io.viking.simulation.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeJson;
import io.viking.kube.client.PatchFormat;

/** Objects as patches leave them, and what a patch requires of the object that it meets. Pure. */
final class Patches {
  private Patches() {}

  static <T extends KubernetesObject> void checkPreconditions(
      Shelf<T> shelf, T present, String name, JsonObject metadata) {
    JsonElement version = metadata.get("resourceVersion");
    if (version != null
        && !version.getAsString().isEmpty()
        && !version.getAsString().equals(present.getMetadata().getResourceVersion())) {
      throw ApiRefusal.conflict(
          shelf.type.plural(),
          name,
          "the object has been modified; please apply your changes to the latest version and try again");
    }
    JsonElement uid = metadata.get("uid");
    if (uid != null && !uid.getAsString().equals(present.getMetadata().getUid())) {
      throw ApiRefusal.invalid(
          shelf.type.kind(), name, "metadata.uid: Invalid value: field is immutable");
    }
  }

  static <T extends KubernetesObject> T ofStatus(
      ResourceType<T> type, T object, JsonObject patch, JsonObject metadata, PatchFormat format) {
    if (format != PatchFormat.STRATEGIC_MERGE) {
      throw new IllegalArgumentException(
          "the model merges statuses strategically alone, not " + format);
    }
    if (!(object instanceof V1Pod pod)) {
      JsonObject tree = KubeJson.gson().toJsonTree(object).getAsJsonObject();
      JsonObject status =
          tree.get("status") instanceof JsonObject present ? present : new JsonObject();
      if (patch.get("status") instanceof JsonObject changes) {
        TreeMerge.strategic(status, changes);
      }
      tree.add("status", status);
      return KubeJson.gson().fromJson(tree, type.type());
    }
    V1ObjectMeta present = Present.metadata(pod);
    V1PodStatus status = Present.status(pod);
    return type.type()
        .cast(
            Copies.of(
                pod,
                Copies.of(present)
                    .labels(StatusMerge.entries(present.getLabels(), metadata.get("labels")))
                    .annotations(
                        StatusMerge.entries(present.getAnnotations(), metadata.get("annotations"))),
                patch.get("status") instanceof JsonObject changes
                    ? StatusMerge.apply(status, changes)
                    : status));
  }

  static <T extends KubernetesObject> T ofObject(
      ResourceType<T> type, T present, JsonObject patch, PatchFormat format) {
    if (format != PatchFormat.MERGE) {
      throw new IllegalArgumentException("the model merges objects by MERGE alone, not " + format);
    }
    JsonObject tree = KubeJson.gson().toJsonTree(present).getAsJsonObject();
    TreeMerge.apply(tree, patch);
    if (present instanceof V1Pod pod && !patch.has("spec") && !patch.has("status")) {
      V1ObjectMeta metadata = KubeJson.gson().fromJson(tree.get("metadata"), V1ObjectMeta.class);
      return type.type().cast(Copies.of(pod, metadata, Present.status(pod)));
    }
    return KubeJson.gson().fromJson(tree, type.type());
  }
}
