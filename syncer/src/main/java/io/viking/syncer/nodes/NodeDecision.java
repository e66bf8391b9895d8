package io.viking.syncer.nodes;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.QuantityFormatException;
import io.kubernetes.client.openapi.models.V1Node;
import io.viking.cloud.v1.Zone;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.nodes.NodeAction.Create;
import io.viking.syncer.nodes.NodeAction.DeleteIfUnused;
import io.viking.syncer.nodes.NodeAction.Foreign;
import io.viking.syncer.nodes.NodeAction.Nothing;
import io.viking.syncer.nodes.NodeAction.Update;
import io.viking.syncer.nodes.ZoneNodes.NodeCondition;
import io.viking.syncer.nodes.ZoneNodes.Taint;
import io.viking.syncer.pods.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Node as it is + the zone as the cloud says → what to do. Pure.
 *
 * <p>Labels, taints and the cordon of users stay. The list of taints is replaced as a whole by the
 * API server, so a patch of it names the version that it was made from.
 */
final class NodeDecision {
  private NodeDecision() {}

  static NodeAction decide(
      Optional<V1Node> present, CloudView cloud, ZoneNodeConfig config, Instant now) {
    if (present.isEmpty()) {
      return cloud
          .zone()
          .<NodeAction>map(zone -> new Create(ZoneNodes.create(zone, cloud, config, now)))
          .orElseGet(Nothing::new);
    }
    JsonObject node = KubeJson.gson().toJsonTree(present.get()).getAsJsonObject();
    JsonObject metadata = part(node, "metadata");
    String providerId = Json.string(part(node, "spec"), "providerID");
    if (!providerId.startsWith(config.providerScheme())) {
      return new Foreign(providerId);
    }
    Optional<JsonObject> object = objectPatch(node, cloud);
    if (cloud.zone().isEmpty() && object.isEmpty()) {
      return new DeleteIfUnused(Json.string(metadata, "uid"));
    }
    Optional<JsonObject> status = statusPatch(node, cloud, config, now);
    return object.isEmpty() && status.isEmpty() ? new Nothing() : new Update(object, status);
  }

  private static Optional<JsonObject> objectPatch(JsonObject node, CloudView cloud) {
    JsonObject metadata = part(node, "metadata");
    JsonObject patchMetadata = new JsonObject();
    JsonObject patch = new JsonObject();
    cloud
        .zone()
        .ifPresent(
            zone -> {
              putMissing(
                  patchMetadata, metadata, "labels", ZoneNodes.labels(zone, cloud.architecture()));
              putMissing(
                  patchMetadata, metadata, "annotations", ZoneNodes.annotations(zone.getId()));
            });
    taintPatch(part(node, "spec"), ZoneNodes.taints(cloud))
        .ifPresent(
            taints -> {
              JsonObject spec = new JsonObject();
              spec.add("taints", taints);
              patch.add("spec", spec);
              patchMetadata.addProperty(
                  "resourceVersion", Json.string(metadata, "resourceVersion"));
            });
    if (patchMetadata.isEmpty()) {
      return Optional.empty();
    }
    patchMetadata.addProperty("uid", Json.string(metadata, "uid"));
    patch.add("metadata", patchMetadata);
    return Optional.of(patch);
  }

  /** Those entries of a map that are not in it as they should be; others stay. */
  private static void putMissing(
      JsonObject patch, JsonObject present, String map, Map<String, String> wanted) {
    Map<String, String> there = Json.map(present, map);
    JsonObject missing = new JsonObject();
    wanted.forEach(
        (key, value) -> {
          if (!value.equals(there.get(key))) {
            missing.addProperty(key, value);
          }
        });
    if (!missing.isEmpty()) {
      patch.add(map, missing);
    }
  }

  /** The whole new list, if ours are not in it as they should be. */
  private static Optional<JsonArray> taintPatch(JsonObject spec, List<Taint> wanted) {
    JsonArray taints = new JsonArray();
    List<JsonObject> present = Json.objects(spec, "taints");
    int kept = 0;
    for (JsonObject taint : present) {
      String key = Json.string(taint, "key");
      boolean ours =
          ZoneNodes.TAINT_KEYS.contains(key) && Json.string(taint, "effect").equals("NoSchedule");
      boolean wantedAsIs = wanted.contains(new Taint(key, Json.string(taint, "value")));
      if (!ours) {
        taints.add(taint);
      } else if (wantedAsIs) {
        kept++;
      }
    }
    wanted.forEach(taint -> taints.add(ZoneNodes.json(taint)));
    boolean same = kept == wanted.size() && taints.size() == present.size();
    return same ? Optional.empty() : Optional.of(taints);
  }

  private static Optional<JsonObject> statusPatch(
      JsonObject node, CloudView cloud, ZoneNodeConfig config, Instant now) {
    JsonObject metadata = part(node, "metadata");
    JsonObject present = part(node, "status");
    String name = Json.string(metadata, "name");
    JsonObject status = new JsonObject();
    cloud.zone().ifPresent(zone -> capacityPatch(present, zone, status));
    putIfOther(status, present, "addresses", ZoneNodes.addresses(config));
    putIfOther(status, present, "daemonEndpoints", ZoneNodes.daemonEndpoints(config));
    if (!Json.string(part(present, "nodeInfo"), "kubeletVersion").equals(config.kubeletVersion())) {
      status.add("nodeInfo", ZoneNodes.nodeInfo(name, cloud.architecture(), config));
    }
    List<NodeCondition> wanted = ZoneNodes.conditions(name, cloud);
    boolean conditionsDiffer = wanted.stream().anyMatch(condition -> !told(present, condition));
    boolean heartbeatDue = heartbeatAge(present, now).compareTo(config.heartbeatInterval()) >= 0;
    if (status.isEmpty() && !conditionsDiffer && !heartbeatDue) {
      return Optional.empty();
    }
    JsonArray conditions = new JsonArray();
    wanted.forEach(
        condition ->
            conditions.add(ZoneNodes.json(condition, now, transition(present, condition, now))));
    status.add("conditions", conditions);
    JsonObject patchMetadata = new JsonObject();
    patchMetadata.addProperty("uid", Json.string(metadata, "uid"));
    JsonObject patch = new JsonObject();
    patch.add("metadata", patchMetadata);
    patch.add("status", status);
    return Optional.of(patch);
  }

  private static void capacityPatch(JsonObject present, Zone zone, JsonObject status) {
    Map<String, String> wanted = ZoneNodes.capacity(zone);
    for (String field : List.of("capacity", "allocatable")) {
      Map<String, String> told = Json.map(present, field);
      JsonObject changes = new JsonObject();
      wanted.forEach(
          (resource, quantity) -> {
            if (!sameQuantity(quantity, told.getOrDefault(resource, ""))) {
              changes.addProperty(resource, quantity);
            }
          });
      if (told.containsKey("nvidia.com/gpu") && !wanted.containsKey("nvidia.com/gpu")) {
        changes.add("nvidia.com/gpu", JsonNull.INSTANCE);
      }
      if (!changes.isEmpty()) {
        status.add(field, changes);
      }
    }
  }

  private static boolean sameQuantity(String one, String other) {
    try {
      BigDecimal first = Quantity.fromString(one).getNumber();
      return !other.isEmpty() && first.compareTo(Quantity.fromString(other).getNumber()) == 0;
    } catch (QuantityFormatException | NumberFormatException malformed) {
      return false;
    }
  }

  private static boolean told(JsonObject status, NodeCondition wanted) {
    return condition(status, wanted.type())
        .map(
            told ->
                Json.string(told, "status").equals(wanted.status() ? "True" : "False")
                    && Json.string(told, "reason").equals(wanted.reason())
                    && Json.string(told, "message").equals(wanted.message()))
        .orElse(false);
  }

  private static String transition(JsonObject status, NodeCondition wanted, Instant now) {
    return condition(status, wanted.type())
        .filter(told -> Json.string(told, "status").equals(wanted.status() ? "True" : "False"))
        .flatMap(told -> Json.time(told, "lastTransitionTime"))
        .map(Json::time)
        .orElse(Json.time(now));
  }

  private static Duration heartbeatAge(JsonObject status, Instant now) {
    return condition(status, "Ready")
        .flatMap(ready -> Json.time(ready, "lastHeartbeatTime"))
        .map(last -> Duration.between(last, now))
        .orElse(Duration.ofDays(1));
  }

  private static Optional<JsonObject> condition(JsonObject status, String type) {
    return Json.objects(status, "conditions").stream()
        .filter(condition -> Json.string(condition, "type").equals(type))
        .findFirst();
  }

  private static void putIfOther(
      JsonObject patch, JsonObject present, String field, JsonElement wanted) {
    if (!wanted.equals(present.get(field))) {
      patch.add(field, wanted);
    }
  }

  private static JsonObject part(JsonObject object, String field) {
    return Json.object(object, field).orElseGet(JsonObject::new);
  }
}
