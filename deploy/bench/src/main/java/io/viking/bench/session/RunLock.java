package io.viking.bench.session;

import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.bench.lease.KeptLease;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.ObjectRef;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One benchmark at a time on a cluster: two would measure each other, and each would take what the
 * other made for the remains of a run that was killed. A Lease in kube-system.
 */
final class RunLock implements AutoCloseable {
  static final String NAMESPACE = "kube-system";
  static final String NAME = "viking-bench";

  private final KeptLease lease;

  private RunLock(KeptLease lease) {
    this.lease = lease;
  }

  /**
   * @param holder who, for people, and to know a dead process of this machine by
   * @throws BenchFailure another benchmark runs on this cluster
   */
  static RunLock acquire(KubeApi api, LockHolder holder, InstantSource clock) {
    api.get(ResourceType.LEASES, NAMESPACE, NAME)
        .ifPresent(
            present -> {
              String by = holder(present);
              if (!holder.isDead(by)
                  && renewedAt(present).plus(KeptLease.LASTS).isAfter(clock.instant())) {
                throw taken(by);
              }
              KeptLease.remove(api, ObjectRef.of(present));
            });
    try {
      return new RunLock(KeptLease.create(api, clock, NAMESPACE, NAME, holder.text()));
    } catch (KubeApiException failed) {
      throw failed.isConflict() ? taken("it has just begun") : failed;
    }
  }

  @Override
  public void close() {
    lease.close();
  }

  private static BenchFailure taken(String by) {
    return new BenchFailure(
        "another benchmark runs on this cluster (%s): wait for its end; one that was killed is forgotten after %d s."
            .formatted(by, KeptLease.LASTS.toSeconds()));
  }

  private static String holder(V1Lease lease) {
    return Optional.ofNullable(lease.getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.getHolderIdentity()))
        .orElse("");
  }

  private static Instant renewedAt(V1Lease lease) {
    return Optional.ofNullable(lease.getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.getRenewTime()))
        .map(OffsetDateTime::toInstant)
        .orElse(Instant.EPOCH);
  }
}
