package io.viking.kube.election;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One Lease as an API server keeps it: every write names the version that it was made from. */
final class SimulatedLease {
  private static final Duration LIFE = ElectionConfig.DEFAULT_LIFE;

  private Optional<V1Lease> stored = Optional.empty();
  private long version;

  Optional<LeaseRecord> read() {
    return stored.map(lease -> LeaseRecord.of(lease, LIFE));
  }

  Optional<V1Lease> stored() {
    return stored;
  }

  /** Empty: 409, there is one. */
  Optional<LeaseRecord> create(V1Lease lease) {
    return stored.isPresent() ? Optional.empty() : Optional.of(store(lease, "uid-" + version));
  }

  /** Empty: 404 or 409, it is gone or another. */
  Optional<LeaseRecord> replace(V1Lease lease) {
    V1ObjectMeta from = lease.getMetadata();
    return stored
        .map(V1Lease::getMetadata)
        .filter(now -> now.getResourceVersion().equals(from.getResourceVersion()))
        .map(now -> store(lease, now.getUid()));
  }

  /** Somebody writes an annotation on it; nothing if there is none. */
  void annotate(String key, String value) {
    if (stored.isPresent()) {
      V1ObjectMeta metadata = stored.get().getMetadata();
      store(
          new V1Lease()
              .metadata(new V1ObjectMeta().name(metadata.getName()).annotations(Map.of(key, value)))
              .spec(stored.get().getSpec()),
          metadata.getUid());
    }
  }

  void delete() {
    stored = Optional.empty();
  }

  private LeaseRecord store(V1Lease lease, String uid) {
    version++;
    stored =
        Optional.of(
            new V1Lease()
                .metadata(
                    new V1ObjectMeta()
                        .name(lease.getMetadata().getName())
                        .annotations(lease.getMetadata().getAnnotations())
                        .namespace(ElectionConfig.NAMESPACE)
                        .uid(uid)
                        .resourceVersion(Long.toString(version)))
                .spec(lease.getSpec()));
    return read().orElseThrow();
  }
}
