package io.viking.kube.election;

import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for a lease until it is closed, and has a {@link Candidate} work while it holds it. A
 * process that loses the lease stands again once its candidate has stopped.
 *
 * <p>The lease is kept on a platform thread of its own, and should be through a client of its own,
 * so that no load of pods makes a renewal wait for a carrier thread, a connection or a queue.
 */
public final class Elector implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Elector.class);

  private static final int NO_TROUBLE = -1;

  private final ElectionConfig config;
  private final KubeApi api;
  private final LongSupplier nanoTime;
  private final InstantSource wallClock;
  private final ElectionCore core;
  private final Office office;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread;

  /** The code of the last failure, since a call succeeded. Confined to the thread. */
  private int trouble = NO_TROUBLE;

  /** Confined to the thread. */
  private Optional<Tenure> tenure = Optional.empty();

  private volatile Standing standing = Standing.NOTHING;
  private volatile boolean closing;

  /**
   * @param api of a client whose calls have {@link ElectionConfig#callDeadline}
   * @param nanoTime a monotonic clock in nanoseconds: {@code System::nanoTime}
   * @param wallClock for what people read in the Lease
   */
  public Elector(
      ElectionConfig config,
      KubeApi api,
      LongSupplier nanoTime,
      InstantSource wallClock,
      RandomGenerator random,
      Candidate candidate) {
    this.config = config;
    this.api = api;
    this.nanoTime = nanoTime;
    this.wallClock = wallClock;
    this.core = new ElectionCore(config, random, nanoTime.getAsLong());
    this.office = new Office(config.lease(), candidate, this::wake);
    this.thread = Thread.ofPlatform().name("lease-" + config.lease()).daemon().unstarted(this::run);
  }

  /** Begins to stand; returns at once. Once only. */
  public void start() {
    office.start();
    thread.start();
  }

  /** Where this process stands now; any thread. */
  public Standing standing() {
    return standing;
  }

  /** Has the candidate stop, and then gives up the lease, so that another has it at once. */
  @Override
  public void close() {
    office.close();
    closing = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    woken.release();
  }

  private void run() {
    try {
      while (!closing) {
        act(core.next(nanoTime.getAsLong()));
        follow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      resign();
    }
  }

  private void act(ElectionAct act) throws InterruptedException {
    long begun = nanoTime.getAsLong();
    try {
      switch (act) {
        case ElectionAct.Wait(long until) -> {
          if (woken.tryAcquire(until - begun, TimeUnit.NANOSECONDS)) {
            woken.drainPermits();
          }
        }
        case ElectionAct.Look() -> {
          Optional<V1Lease> lease =
              api.get(ResourceType.LEASES, ElectionConfig.NAMESPACE, config.lease());
          trouble = NO_TROUBLE;
          core.looked(lease.map(this::read), nanoTime.getAsLong());
        }
        case ElectionAct.Create() -> {
          V1Lease lease =
              LeaseRecord.absent(config.lease(), config.life())
                  .heldBy(config.identity(), config.life(), wallClock.instant());
          held(api.create(ResourceType.LEASES, ElectionConfig.NAMESPACE, lease), begun);
        }
        case ElectionAct.Hold(LeaseRecord base) -> {
          V1Lease lease = base.heldBy(config.identity(), config.life(), wallClock.instant());
          held(api.replace(ResourceType.LEASES, lease), begun);
        }
      }
    } catch (KubeApiException failed) {
      troubled(failed);
      core.failed(nanoTime.getAsLong());
    } catch (RuntimeException | Error defect) {
      // This thread must outlive any defect: without it nobody would work for ever.
      log.error("lease {}: a step failed and is repeated", config.lease(), defect);
      core.failed(nanoTime.getAsLong());
    }
  }

  /** Once for each reason: without a lease nobody works. Losing a race for it is none. */
  private void troubled(KubeApiException failed) {
    if (failed.code() != HttpURLConnection.HTTP_CONFLICT && failed.code() != trouble) {
      trouble = failed.code();
      log.warn(
          "lease {}: it cannot be read or written, and without it nothing is done: {}",
          config.lease(),
          failed.getMessage());
    }
  }

  private void held(V1Lease written, long begun) {
    trouble = NO_TROUBLE;
    core.held(read(written), begun, nanoTime.getAsLong());
    tenure.ifPresent(present -> present.renewed(begun));
  }

  private LeaseRecord read(V1Lease lease) {
    return LeaseRecord.of(lease, config.life());
  }

  /** Has the candidate follow what the core has come to. */
  private void follow() {
    boolean leads = core.leads(nanoTime.getAsLong());
    if (leads && tenure.isEmpty()) {
      log.info("lease {}: {} leads", config.lease(), config.identity());
      var begun = new Tenure(config.life(), core.renewedAt(), nanoTime);
      tenure = Optional.of(begun);
      core.stand(false);
      office.take(begun);
    } else if (!leads && tenure.isPresent()) {
      tenure.get().end();
      tenure = Optional.empty();
      log.warn(
          "lease {}: {} has lost it and stops: {}",
          config.lease(),
          config.identity(),
          leader().equals(config.identity())
              ? "it was not renewed in time"
              : "it is held by \"" + leader() + "\" now");
      office.leave();
    }
    if (tenure.isPresent() && office.hasFailed()) {
      resign();
      office.leave();
    }
    if (tenure.isEmpty() && office.isVacant()) {
      core.stand(true);
    }
    standing = new Standing(leads && tenure.isPresent(), leader());
  }

  private String leader() {
    return core.seen().map(LeaseRecord::holder).orElse("");
  }

  /** Tells the others that they need not wait; if that fails, they wait. */
  private void resign() {
    tenure.ifPresent(Tenure::end);
    boolean led = core.leads(nanoTime.getAsLong());
    tenure = Optional.empty();
    core.resign(nanoTime.getAsLong());
    if (!led || core.seen().isEmpty()) {
      return;
    }
    try {
      V1Lease released = core.seen().get().heldBy("", config.life(), wallClock.instant());
      core.released(read(api.replace(ResourceType.LEASES, released)));
      log.info("lease {}: {} has given it up", config.lease(), config.identity());
    } catch (RuntimeException failed) {
      log.warn(
          "lease {}: it could not be given up and ends by itself within {} s: {}",
          config.lease(),
          config.life().toSeconds(),
          failed.getMessage());
    }
  }
}
