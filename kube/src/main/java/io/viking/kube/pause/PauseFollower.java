package io.viking.kube.pause;

import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one part of Viking still while somebody holds the pause ({@link PauseHold}), and lets it go
 * on when the hold ends or is not renewed: a holder that dies cannot stop a cluster for longer than
 * its hold lasts.
 *
 * <p>One virtual thread calls the part; what the part throws is logged, and tried again.
 */
public final class PauseFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PauseFollower.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ObjectCache<V1Lease> leases;
  private final KubeApi api;
  private final String role;
  private final Pausable part;
  private final InstantSource clock;
  private final Semaphore changed = new Semaphore(0);
  private final Thread thread;

  /** Written by the cache's thread. */
  private volatile PauseSight sight = PauseSight.NOTHING;

  private volatile Optional<String> pausedBy = Optional.empty();

  /** Confined to the thread: the hold that knows that this part holds still. */
  private String acknowledged = "";

  /**
   * @param leases of {@link PauseLease#selection}; the caller starts and closes it
   * @param role as it stands in the acknowledgement: "scheduler", "syncer"
   */
  public PauseFollower(
      ObjectCache<V1Lease> leases, KubeApi api, String role, Pausable part, InstantSource clock) {
    this.leases = leases;
    this.api = api;
    this.role = role;
    this.part = part;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("pause-" + role).unstarted(this::run);
  }

  /** Begins to obey; returns at once. Once only. */
  public void start() {
    leases.subscribe(this::changed);
    thread.start();
  }

  /** Who holds the part still; empty while it runs. */
  public Optional<String> pausedBy() {
    return pausedBy;
  }

  /** Stops obeying and leaves the part as it is. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void changed(CacheEvent<V1Lease> event) {
    switch (event) {
      case CacheEvent.Added<V1Lease>(V1Lease lease) -> see(Optional.of(lease));
      case CacheEvent.Updated<V1Lease>(V1Lease _, V1Lease lease) -> see(Optional.of(lease));
      case CacheEvent.Deleted<V1Lease>(V1Lease _, boolean _) -> see(Optional.empty());
      case CacheEvent.Synced<V1Lease> _ -> {}
    }
  }

  private void see(Optional<V1Lease> lease) {
    sight = sight.seen(lease.map(PauseLease::read), clock.instant());
    changed.release();
  }

  private void run() {
    try {
      while (true) {
        obey();
        Duration quiet = sight.quietFor(clock.instant(), LOOK_AGAIN);
        if (changed.tryAcquire(quiet.toMillis(), TimeUnit.MILLISECONDS)) {
          changed.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void obey() {
    Instant now = clock.instant();
    Optional<PauseLease> held = sight.heldAt(now);
    try {
      if (held.isPresent()) {
        holdStill(held.get());
      } else if (pausedBy.isPresent()) {
        log.info("{}: goes on", role);
        part.resume();
        pausedBy = Optional.empty();
        acknowledged = "";
      }
    } catch (KubeApiException notTold) {
      log.warn("{}: the pause is not acknowledged yet: {}", role, notTold.getMessage());
    } catch (RuntimeException defect) {
      log.error("{}: the pause did not go through; trying again", role, defect);
    }
  }

  private void holdStill(PauseLease held) {
    if (pausedBy.isEmpty()) {
      log.info("{}: holds still for {}", role, held.holder());
      part.pause(held.holder());
      pausedBy = Optional.of(held.holder());
    }
    if (!acknowledged.equals(held.uid())) {
      api.patch(
          ResourceType.LEASES,
          PauseLease.NAMESPACE,
          PauseLease.NAME,
          "",
          PatchFormat.MERGE,
          PauseLease.acknowledgement(held.uid(), role));
      acknowledged = held.uid();
    }
  }
}
