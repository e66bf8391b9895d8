package io.viking.bench.lease;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.PatchFormat;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lease, renewed until it is closed, on a platform thread of its own: no load of virtual threads
 * makes it wait.
 */
public final class KeptLease implements AutoCloseable {
  /** For how long one renewal lasts. */
  public static final Duration LASTS = Duration.ofSeconds(40);

  private static final Logger log = LoggerFactory.getLogger(KeptLease.class);
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(10);

  /** The API server's MicroTime: six digits, always. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubeApi api;
  private final InstantSource clock;
  private final ObjectRef lease;
  private final CountDownLatch closed = new CountDownLatch(1);

  private KeptLease(KubeApi api, InstantSource clock, ObjectRef lease) {
    this.api = api;
    this.clock = clock;
    this.lease = lease;
  }

  /**
   * Creates it and begins to renew it.
   *
   * @throws KubeApiException 409 there is one of that name
   */
  public static KeptLease create(
      KubeApi api, InstantSource clock, String namespace, String name, String holder) {
    V1Lease created =
        api.create(
            ResourceType.LEASES,
            namespace,
            new V1Lease()
                .apiVersion("coordination.k8s.io/v1")
                .kind("Lease")
                .metadata(new V1ObjectMeta().name(name).namespace(namespace))
                .spec(
                    new V1LeaseSpec()
                        .holderIdentity(holder)
                        .leaseDurationSeconds((int) LASTS.toSeconds())
                        .renewTime(
                            clock
                                .instant()
                                .truncatedTo(ChronoUnit.MICROS)
                                .atOffset(ZoneOffset.UTC))));
    var kept = new KeptLease(api, clock, ObjectRef.of(created));
    Thread.ofPlatform().name("lease-" + name).daemon().start(kept::renew);
    return kept;
  }

  /** Stops renewing and removes it. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    remove(api, lease);
  }

  /** Removes exactly this Lease; one that is gone, or another of that name, is none of ours. */
  public static void remove(KubeApi api, ObjectRef lease) {
    try {
      api.delete(ResourceType.LEASES, lease.namespace(), lease.name(), lease.uid(), 0);
    } catch (KubeApiException gone) {
      if (!gone.isNotFound() && !gone.isConflict()) {
        log.warn("Lease {} was not removed: {}", lease, gone.getMessage());
      }
    }
  }

  private void renew() {
    try {
      while (!closed.await(RENEWED_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        renewOnce();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void renewOnce() {
    try {
      api.patch(
          ResourceType.LEASES,
          lease.namespace(),
          lease.name(),
          "",
          PatchFormat.MERGE,
          "{\"metadata\":{\"uid\":\"%s\"},\"spec\":{\"renewTime\":\"%s\"}}"
              .formatted(lease.uid(), MICRO_TIME.format(clock.instant())));
    } catch (KubeApiException failed) {
      log.warn(
          "Lease {} was not renewed and lasts for {} s at most: {}",
          lease,
          LASTS.toSeconds(),
          failed.getMessage());
    }
  }
}
