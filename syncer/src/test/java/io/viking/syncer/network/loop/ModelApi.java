package io.viking.syncer.network.loop;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.network.ingress.Ingress;
import io.viking.syncer.network.ingress.IngressReader;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.loop.NetworkEvent.WriteAnswer;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.ServiceReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Services and Ingresses of the API server: versions, finalizers, patches. */
final class ModelApi {
  static final String NAMESPACE = "default";

  private final Map<Owner, JsonObject> objects = new TreeMap<>();
  private final Consumer<NetworkEvent> watch;
  private int version;
  private int uid;

  ModelApi(Consumer<NetworkEvent> watch) {
    this.watch = watch;
  }

  static Owner service(String name) {
    return Owner.service(new NamespacedName(NAMESPACE, name));
  }

  static Owner ingress(String name) {
    return Owner.ingress(new NamespacedName(NAMESPACE, name));
  }

  Iterable<Owner> owners() {
    return List.copyOf(objects.keySet());
  }

  Optional<Service> service(Owner owner) {
    return Optional.ofNullable(objects.get(owner))
        .map(json -> ServiceReader.read(KubeJson.read(json.toString(), V1Service.class)));
  }

  Optional<Ingress> ingress(Owner owner) {
    return Optional.ofNullable(objects.get(owner))
        .map(json -> IngressReader.read(KubeJson.read(json.toString(), V1Ingress.class)));
  }

  /** Creates it, or gives it another spec. */
  void apply(Owner owner, String annotations, String spec) {
    JsonObject before = objects.get(owner);
    if (before != null && before.getAsJsonObject("metadata").has("deletionTimestamp")) {
      return;
    }
    JsonObject object = before == null ? new JsonObject() : before.deepCopy();
    JsonObject metadata = before == null ? new JsonObject() : object.getAsJsonObject("metadata");
    if (before == null) {
      metadata.addProperty("namespace", owner.name().namespace());
      metadata.addProperty("name", owner.name().name());
      metadata.addProperty("uid", "uid-" + ++uid);
      metadata.addProperty(
          "creationTimestamp", Instant.ofEpochSecond(1_000_000_000L + uid).toString());
      object.add("metadata", metadata);
    }
    metadata.add("annotations", JsonParser.parseString("{" + annotations + "}"));
    object.add("spec", JsonParser.parseString("{" + spec + "}"));
    if (!spec.contains("LoadBalancer")
        && owner.kind() == Owner.Kind.SERVICE
        && object.has("status")) {
      object.getAsJsonObject("status").remove("loadBalancer");
    }
    store(owner, object);
  }

  void delete(Owner owner) {
    JsonObject object = objects.get(owner);
    if (object == null || object.getAsJsonObject("metadata").has("deletionTimestamp")) {
      return;
    }
    JsonObject changed = object.deepCopy();
    changed.getAsJsonObject("metadata").addProperty("deletionTimestamp", "2026-01-02T00:00:00Z");
    store(owner, changed);
  }

  WriteAnswer write(NetworkEffect.Write write) {
    JsonObject object = objects.get(write.object());
    if (object == null) {
      return WriteAnswer.GONE;
    }
    JsonObject patch = JsonParser.parseString(write.json()).getAsJsonObject();
    JsonObject expected = patch.getAsJsonObject("metadata");
    JsonObject metadata = object.getAsJsonObject("metadata");
    if (!expected.get("uid").equals(metadata.get("uid"))
        || !expected.get("resourceVersion").equals(metadata.get("resourceVersion"))) {
      return WriteAnswer.STALE;
    }
    JsonObject changed = object.deepCopy();
    if (write.subresource().isEmpty()) {
      changed.getAsJsonObject("metadata").add("finalizers", expected.get("finalizers"));
    } else {
      changed.add("status", merged(changed, patch.getAsJsonObject("status")));
    }
    store(write.object(), changed);
    return WriteAnswer.DONE;
  }

  /** Where it is reached is replaced; conditions are merged by their type. */
  private static JsonObject merged(JsonObject object, JsonObject patch) {
    JsonObject status = object.has("status") ? object.getAsJsonObject("status") : new JsonObject();
    if (patch.has("loadBalancer")) {
      status.add("loadBalancer", patch.get("loadBalancer"));
    }
    if (patch.has("conditions")) {
      Map<String, JsonObject> conditions = new TreeMap<>();
      if (status.has("conditions")) {
        status
            .getAsJsonArray("conditions")
            .forEach(one -> conditions.put(type(one.getAsJsonObject()), one.getAsJsonObject()));
      }
      for (JsonElement element : patch.getAsJsonArray("conditions")) {
        JsonObject one = element.getAsJsonObject();
        if (one.has("$patch")) {
          conditions.remove(type(one));
        } else {
          conditions.put(type(one), one);
        }
      }
      JsonArray all = new JsonArray();
      conditions.values().forEach(all::add);
      status.add("conditions", all);
    }
    return status;
  }

  private static String type(JsonObject condition) {
    return condition.get("type").getAsString();
  }

  /** What another controller does to an object of its own. */
  void occupy(Owner owner, String finalizer, String address) {
    JsonObject object = objects.get(owner);
    if (object == null || object.getAsJsonObject("metadata").has("deletionTimestamp")) {
      return;
    }
    JsonObject changed = object.deepCopy();
    JsonObject metadata = changed.getAsJsonObject("metadata");
    JsonArray finalizers =
        metadata.has("finalizers") ? metadata.getAsJsonArray("finalizers") : new JsonArray();
    if (!finalizers.contains(new JsonPrimitive(finalizer))) {
      finalizers.add(finalizer);
    }
    metadata.add("finalizers", finalizers);
    changed.add(
        "status",
        merged(
            changed,
            JsonParser.parseString(
                    "{\"loadBalancer\": {\"ingress\": [{\"ip\": \"%s\"}]}}".formatted(address))
                .getAsJsonObject()));
    store(owner, changed);
  }

  /** Another controller lets its objects go. */
  void vacate(Owner owner, String finalizer) {
    JsonObject object = objects.get(owner);
    if (object == null || !object.getAsJsonObject("metadata").has("finalizers")) {
      return;
    }
    JsonObject changed = object.deepCopy();
    changed
        .getAsJsonObject("metadata")
        .getAsJsonArray("finalizers")
        .remove(new JsonPrimitive(finalizer));
    store(owner, changed);
  }

  private void store(Owner owner, JsonObject object) {
    JsonObject metadata = object.getAsJsonObject("metadata");
    boolean isHeld = metadata.has("finalizers") && !metadata.getAsJsonArray("finalizers").isEmpty();
    if (metadata.has("deletionTimestamp") && !isHeld) {
      objects.remove(owner);
      watch.accept(gone(owner));
      return;
    }
    metadata.addProperty("resourceVersion", "" + ++version);
    objects.put(owner, object);
    watch.accept(seen(owner));
  }

  NetworkEvent seen(Owner owner) {
    return switch (owner.kind()) {
      case SERVICE -> new NetworkEvent.ServiceSeen(service(owner).orElseThrow());
      case INGRESS -> new NetworkEvent.IngressSeen(ingress(owner).orElseThrow());
    };
  }

  private static NetworkEvent gone(Owner owner) {
    return switch (owner.kind()) {
      case SERVICE -> new NetworkEvent.ServiceGone(owner.name(), true);
      case INGRESS -> new NetworkEvent.IngressGone(owner.name(), true);
    };
  }
}
