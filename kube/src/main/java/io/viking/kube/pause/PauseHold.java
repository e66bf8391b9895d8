package io.viking.kube.pause;

import com.google.common.collect.Sets;
import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.PatchFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a cluster's Viking still, until it is closed: its loops stop watching and acting, zone
 * nodes and their leases stay. Renewed by a thread of its own; if this process dies, the hold ends
 * by itself within seconds.
 */
public final class PauseHold implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PauseHold.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KubeApi api;
  private final InstantSource clock;
  private final String uid;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewal;

  private PauseHold(KubeApi api, InstantSource clock, String uid) {
    this.api = api;
    this.clock = clock;
    this.uid = uid;
    this.renewal = Thread.ofVirtual().name("pause-hold").start(this::renew);
  }

  /**
   * Begins a hold. One that a dead process left behind is replaced, after as long as it lasts.
   *
   * @param holder who, for people: "viking bench storm (pid 17)"
   * @throws IllegalStateException if somebody else holds the pause; one sentence
   * @throws KubeApiException if the API server refuses
   */
  public static PauseHold acquire(KubeApi api, String holder, InstantSource clock)
      throws InterruptedException {
    PauseSight sight = PauseSight.NOTHING;
    while (true) {
      try {
        V1Lease begun =
            api.create(
                ResourceType.LEASES,
                PauseLease.NAMESPACE,
                PauseLease.begun(holder, clock.instant()));
        return new PauseHold(api, clock, ObjectRef.of(begun).uid());
      } catch (KubeApiException taken) {
        if (!taken.isConflict()) {
          throw taken;
        }
      }
      PauseSight now = sight.seen(read(api), clock.instant());
      boolean renewed = !now.since().equals(sight.since());
      if (sight.lease().isPresent() && now.lease().isPresent() && renewed) {
        throw heldByAnother(now);
      }
      sight = now;
      if (sight.heldAt(clock.instant()).isEmpty()) {
        sight.lease().ifPresent(stale -> delete(api, stale.uid()));
      }
      Thread.sleep(POLL);
    }
  }

  /**
   * Waits until they hold still.
   *
   * @return those that did not within this time; empty: all do
   */
  public Set<String> awaitPaused(Set<String> roles, Duration within) throws InterruptedException {
    Instant until = clock.instant().plus(within);
    while (true) {
      Set<String> waiting =
          Set.copyOf(
              Sets.difference(
                  roles,
                  read(api)
                      .filter(lease -> lease.uid().equals(uid))
                      .map(PauseLease::acknowledged)
                      .orElse(Set.of())));
      if (waiting.isEmpty() || !clock.instant().isBefore(until)) {
        return waiting;
      }
      Thread.sleep(POLL);
    }
  }

  /** Lets the loops go on. Idempotent. */
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
      while (!closed.await(PauseLease.RENEWED_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          api.patch(
              ResourceType.LEASES,
              PauseLease.NAMESPACE,
              PauseLease.NAME,
              "",
              PatchFormat.MERGE,
              PauseLease.renewalPatch(uid, clock.instant()));
        } catch (KubeApiException failed) {
          log.warn("the pause was not renewed, the loops may go on: {}", failed.getMessage());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<PauseLease> read(KubeApi api) {
    return api.get(ResourceType.LEASES, PauseLease.NAMESPACE, PauseLease.NAME)
        .map(PauseLease::read);
  }

  private static void delete(KubeApi api, String uid) {
    try {
      api.delete(ResourceType.LEASES, PauseLease.NAMESPACE, PauseLease.NAME, uid, 0);
    } catch (KubeApiException gone) {
      if (!gone.isNotFound() && !gone.isConflict()) {
        log.warn(
            "the pause could not be ended; it ends by itself in {} s: {}",
            PauseLease.LASTS.toSeconds(),
            gone.getMessage());
      }
    }
  }

  private static IllegalStateException heldByAnother(PauseSight sight) {
    return new IllegalStateException(
        "the loops are held still by %s already: wait for it to end, or delete the Lease %s/%s."
            .formatted(
                sight.lease().map(PauseLease::holder).orElse("somebody"),
                PauseLease.NAMESPACE,
                PauseLease.NAME));
  }
}
