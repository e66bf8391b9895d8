package io.viking.kube.election;

import com.google.gson.JsonParser;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API server with Leases, which may be out of reach. */
public final class LeaseApi extends UnsupportedKubeApi {
  private final Map<String, SimulatedLease> leases = new HashMap<>();
  private boolean away;

  public synchronized void away(boolean isAway) {
    away = isAway;
  }

  /** Of the Lease of that name; "" for nobody. */
  public synchronized String holder(String name) {
    return lease(name).read().map(LeaseRecord::holder).orElse("");
  }

  private SimulatedLease lease(String name) {
    return leases.computeIfAbsent(name, _ -> new SimulatedLease());
  }

  /** Somebody who keeps to no rule writes his name. */
  synchronized void seize(String name, String holder) {
    LeaseRecord now = lease(name).read().orElseThrow();
    Optional<LeaseRecord> seized =
        lease(name).replace(now.heldBy(holder, now.lasts(), java.time.Instant.EPOCH));
    if (seized.isEmpty()) {
      throw new IllegalStateException("the lease is another now");
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    requireReach();
    return (Optional<T>) lease(name).stored();
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    requireReach();
    return (List<T>) leases.values().stream().flatMap(one -> one.stored().stream()).toList();
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> T create(
      ResourceType<T> type, String namespace, T object) {
    requireReach();
    SimulatedLease lease = lease(object.getMetadata().getName());
    return (T) written(lease, lease.create((V1Lease) object));
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    requireReach();
    SimulatedLease lease = lease(object.getMetadata().getName());
    return (T) written(lease, lease.replace((V1Lease) object));
  }

  @Override
  public synchronized void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    requireReach();
    JsonParser.parseString(json)
        .getAsJsonObject()
        .getAsJsonObject("metadata")
        .getAsJsonObject("annotations")
        .asMap()
        .forEach((key, value) -> lease(name).annotate(key, value.getAsString()));
  }

  private static V1Lease written(SimulatedLease lease, Optional<LeaseRecord> answer) {
    if (answer.isEmpty()) {
      throw new KubeApiException(409, "Conflict", "it is another now", Optional.empty());
    }
    return lease.stored().orElseThrow();
  }

  private void requireReach() {
    if (away) {
      throw new KubeApiException("no answer", new IllegalStateException("away"));
    }
  }
}
