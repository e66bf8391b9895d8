package io.viking.kube.pause;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.FakeCache;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.util.Map;
import java.util.Optional;

/** The one Lease of the pause, as an API server keeps it, and a cache that follows it at once. */
final class LeaseServer extends UnsupportedKubeApi {
  private final FakeCache<V1Lease> cache = FakeCache.synced();
  private Optional<JsonObject> stored = Optional.empty();
  private int made;
  private int refusals;

  /** The next so many patches are refused. */
  synchronized void refusePatches(int count) {
    refusals = count;
  }

  FakeCache<V1Lease> cache() {
    return cache;
  }

  synchronized Optional<PauseLease> lease() {
    return stored.map(LeaseServer::decoded).map(PauseLease::read);
  }

  private static V1Lease decoded(JsonObject object) {
    return KubeJson.gson().fromJson(object, V1Lease.class);
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> T create(
      ResourceType<T> type, String namespace, T object) {
    if (stored.isPresent()) {
      throw new KubeApiException(409, "AlreadyExists", "exists already", Optional.empty());
    }
    JsonObject json = KubeJson.gson().toJsonTree(object).getAsJsonObject();
    json.getAsJsonObject("metadata").addProperty("uid", "hold-" + ++made);
    stored = Optional.of(json);
    cache.put(decoded(json));
    return (T) decoded(json);
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    return stored.map(json -> (T) decoded(json));
  }

  @Override
  public synchronized void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    if (refusals > 0) {
      refusals--;
      throw new KubeApiException(500, "InternalError", "not now", Optional.empty());
    }
    JsonObject patch = JsonParser.parseString(json).getAsJsonObject();
    JsonObject target =
        stored.orElseThrow(
            () -> new KubeApiException(404, "NotFound", "there is none", Optional.empty()));
    if (!patch.getAsJsonObject("metadata").get("uid").getAsString().equals(uid(target))) {
      throw new KubeApiException(409, "Conflict", "another object", Optional.empty());
    }
    merge(target, patch);
    cache.put(decoded(target));
  }

  private static String uid(JsonObject lease) {
    return lease.getAsJsonObject("metadata").get("uid").getAsString();
  }

  private static void merge(JsonObject target, JsonObject patch) {
    for (Map.Entry<String, JsonElement> entry : patch.entrySet()) {
      if (entry.getValue().isJsonObject() && target.has(entry.getKey())) {
        merge(target.getAsJsonObject(entry.getKey()), entry.getValue().getAsJsonObject());
      } else {
        target.add(entry.getKey(), entry.getValue());
      }
    }
  }

  @Override
  public synchronized void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    JsonObject last =
        stored
            .filter(json -> uid(json).equals(uid))
            .orElseThrow(
                () -> new KubeApiException(404, "NotFound", "there is none", Optional.empty()));
    stored = Optional.empty();
    cache.remove(decoded(last));
  }
}
