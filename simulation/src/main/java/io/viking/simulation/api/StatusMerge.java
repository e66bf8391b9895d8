package io.viking.simulation.api;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1HostIP;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodIP;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.kube.client.KubeJson;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Strategic-merge patches of a pod's status: conditions merge by type and addresses by ip, lists of
 * containers are replaced, null removes. Fields that no loop writes are not known here.
 */
final class StatusMerge {
  private static final Gson GSON = KubeJson.gson();

  private StatusMerge() {}

  /**
   * @throws IllegalArgumentException a field that this model does not know
   */
  static V1PodStatus apply(V1PodStatus present, JsonObject patch) {
    V1PodStatus next = Copies.of(present);
    for (Map.Entry<String, JsonElement> field : patch.entrySet()) {
      apply(next, field.getKey(), field.getValue());
    }
    return next;
  }

  private static void apply(V1PodStatus status, String field, JsonElement value) {
    switch (field) {
      case "phase" -> status.setPhase(text(value));
      case "reason" -> status.setReason(text(value));
      case "message" -> status.setMessage(text(value));
      case "hostIP" -> status.setHostIP(text(value));
      case "podIP" -> status.setPodIP(text(value));
      case "startTime" -> status.setStartTime(GSON.fromJson(value, OffsetDateTime.class));
      case "observedGeneration" ->
          status.setObservedGeneration(value.isJsonNull() ? null : value.getAsLong());
      case "hostIPs" ->
          status.setHostIPs(
              merged(status.getHostIPs(), value, V1HostIP.class, V1HostIP::getIp, "ip"));
      case "podIPs" ->
          status.setPodIPs(merged(status.getPodIPs(), value, V1PodIP.class, V1PodIP::getIp, "ip"));
      case "conditions" ->
          status.setConditions(
              merged(
                  status.getConditions(),
                  value,
                  V1PodCondition.class,
                  V1PodCondition::getType,
                  "type"));
      case "containerStatuses" -> status.setContainerStatuses(containers(value));
      case "initContainerStatuses" -> status.setInitContainerStatuses(containers(value));
      default ->
          throw new IllegalArgumentException(
              "a patch of status."
                  + field
                  + ", which the model does not know: add it to StatusMerge");
    }
  }

  private static @Nullable String text(JsonElement value) {
    return value.isJsonNull() ? null : value.getAsString();
  }

  private static @Nullable List<V1ContainerStatus> containers(JsonElement value) {
    if (value.isJsonNull()) {
      return null;
    }
    var containers = new ArrayList<V1ContainerStatus>();
    value.getAsJsonArray().forEach(c -> containers.add(GSON.fromJson(c, V1ContainerStatus.class)));
    return containers;
  }

  /** Items of one key are merged field by field; new ones go to the end. */
  private static <T> @Nullable List<T> merged(
      @Nullable List<T> present,
      JsonElement value,
      Class<T> type,
      Function<T, @Nullable String> key,
      String keyField) {
    if (value.isJsonNull()) {
      return null;
    }
    var items = new ArrayList<>(present == null ? List.<T>of() : present);
    for (JsonElement element : value.getAsJsonArray()) {
      if (element.getAsJsonObject().has("$patch")) {
        items.clear();
      }
    }
    for (JsonElement element : value.getAsJsonArray()) {
      JsonObject item = element.getAsJsonObject();
      if (!item.has("$patch")) {
        put(items, item, type, key, item.get(keyField).getAsString());
      }
    }
    return items;
  }

  private static <T> void put(
      List<T> items,
      JsonObject patch,
      Class<T> type,
      Function<T, @Nullable String> key,
      String wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (wanted.equals(key.apply(items.get(i)))) {
        JsonObject tree = GSON.toJsonTree(items.get(i)).getAsJsonObject();
        TreeMerge.apply(tree, patch);
        items.set(i, GSON.fromJson(tree, type));
        return;
      }
    }
    JsonObject tree = new JsonObject();
    TreeMerge.apply(tree, patch);
    items.add(Objects.requireNonNull(GSON.fromJson(tree, type)));
  }

  /** Labels or annotations. */
  static @Nullable Map<String, String> entries(
      @Nullable Map<String, String> present, @Nullable JsonElement patch) {
    if (patch == null) {
      return present;
    }
    var next = new TreeMap<>(Present.map(present));
    patch
        .getAsJsonObject()
        .entrySet()
        .forEach(
            entry -> {
              if (entry.getValue().isJsonNull()) {
                next.remove(entry.getKey());
              } else {
                next.put(entry.getKey(), entry.getValue().getAsString());
              }
            });
    return next;
  }
}
