package io.viking.bench.session;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.PatchFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One benchmark at a time on a cluster: two would measure each other, and each would take what the
 * other made for the remains of a run that was killed. A Lease in kube-system, renewed until it is
 * closed.
 */
final class RunLock implements AutoCloseable {
  static final String NAMESPACE = "kube-system";
  static final String NAME = "viking-bench";
  static final Duration LASTS = Duration.ofSeconds(40);

  private static final Logger log = LoggerFactory.getLogger(RunLock.class);
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(10);
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubeApi api;
  private final InstantSource clock;
  private final String uid;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewal;

  private RunLock(KubeApi api, InstantSource clock, String uid) {
    this.api = api;
    this.clock = clock;
    this.uid = uid;
    this.renewal = Thread.ofVirtual().name("bench-lock").start(this::renew);
  }

  /**
   * @param holder who, for people, and to know a dead process of this machine by
   * @throws BenchFailure another benchmark runs on this cluster
   */
  static RunLock acquire(KubeApi api, LockHolder holder, InstantSource clock) {
    Optional<V1Lease> present = api.get(ResourceType.LEASES, NAMESPACE, NAME);
    if (present.isPresent()) {
      String by = holder(present.get());
      if (!holder.isDead(by) && renewedAt(present.get()).plus(LASTS).isAfter(clock.instant())) {
        throw new BenchFailure(
            "another benchmark runs on this cluster (%s): wait for its end; one that was killed is forgotten after %d s."
                .formatted(by, LASTS.toSeconds()));
      }
      delete(api, ObjectRef.of(present.get()).uid());
    }
    V1Lease lease =
        api.create(
            ResourceType.LEASES,
            NAMESPACE,
            new V1Lease()
                .apiVersion("coordination.k8s.io/v1")
                .kind("Lease")
                .metadata(new V1ObjectMeta().name(NAME).namespace(NAMESPACE))
                .spec(
                    new V1LeaseSpec()
                        .holderIdentity(holder.text())
                        .leaseDurationSeconds((int) LASTS.toSeconds())
                        .renewTime(
                            clock
                                .instant()
                                .truncatedTo(ChronoUnit.MICROS)
                                .atOffset(ZoneOffset.UTC))));
    return new RunLock(api, clock, ObjectRef.of(lease).uid());
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      renewal.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete(api, uid);
  }

  private void renew() {
    try {
      while (!closed.await(RENEWED_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          api.patch(
              ResourceType.LEASES,
              NAMESPACE,
              NAME,
              "",
              PatchFormat.MERGE,
              "{\"metadata\":{\"uid\":\"%s\"},\"spec\":{\"renewTime\":\"%s\"}}"
                  .formatted(uid, MICRO_TIME.format(clock.instant())));
        } catch (KubeApiException failed) {
          log.warn(
              "Lease {}/{} was not renewed, another benchmark may begin: {}",
              NAMESPACE,
              NAME,
              failed.getMessage());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(KubeApi api, String uid) {
    try {
      api.delete(ResourceType.LEASES, NAMESPACE, NAME, uid, 0);
    } catch (KubeApiException gone) {
      if (!gone.isNotFound() && !gone.isConflict()) {
        log.warn(
            "Lease {}/{} was not removed and counts for {} s more: {}",
            NAMESPACE,
            NAME,
            LASTS.toSeconds(),
            gone.getMessage());
      }
    }
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
