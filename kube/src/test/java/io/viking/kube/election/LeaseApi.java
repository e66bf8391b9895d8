package io.viking.kube.election;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.util.Optional;

/** An API server with one Lease, which may be out of reach. */
final class LeaseApi extends UnsupportedKubeApi {
  private final SimulatedLease lease = new SimulatedLease();
  private boolean away;

  synchronized void away(boolean isAway) {
    away = isAway;
  }

  synchronized String holder() {
    return lease.read().map(LeaseRecord::holder).orElse("");
  }

  /** Somebody who keeps to no rule writes his name. */
  synchronized void seize(String holder) {
    LeaseRecord now = lease.read().orElseThrow();
    Optional<LeaseRecord> seized =
        lease.replace(now.heldBy(holder, now.lasts(), java.time.Instant.EPOCH));
    if (seized.isEmpty()) {
      throw new IllegalStateException("the lease is another now");
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    requireReach();
    return (Optional<T>) lease.stored();
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> T create(
      ResourceType<T> type, String namespace, T object) {
    requireReach();
    return (T) written(lease.create((V1Lease) object));
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    requireReach();
    return (T) written(lease.replace((V1Lease) object));
  }

  private V1Lease written(Optional<LeaseRecord> answer) {
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
