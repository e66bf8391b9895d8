package io.viking.kube.election;

import io.kubernetes.client.openapi.models.V1Lease;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
  private final Supplier<Duration> restraint;
  private final Office office;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread;

  /** The code of the last failure, since a call succeeded. Confined to the thread. */
  private int trouble = NO_TROUBLE;

  /** Confined to the thread. */
  private Optional<Tenure> tenure = Optional.empty();

  /** Somebody asked for it: it is kept until the candidate has stopped. Confined to the thread. */
  private boolean handingOver;

  /** The candidate cannot work; see {@link #giveUp}. */
  private final AtomicBoolean givingUp = new AtomicBoolean();

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
    this(config, api, nanoTime, wallClock, random, candidate, () -> Duration.ZERO);
  }

  /**
   * @param restraint how long to leave a lease that is free to others; asked before each step
   */
  public Elector(
      ElectionConfig config,
      KubeApi api,
      LongSupplier nanoTime,
      InstantSource wallClock,
      RandomGenerator random,
      Candidate candidate,
      Supplier<Duration> restraint) {
    this.config = config;
    this.restraint = restraint;
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

  /**
   * Asks whoever holds the lease to hand it over: its candidate stops first. Any thread; a failure
   * is of no consequence.
   */
  public void ask() {
    try {
      api.patch(
          ResourceType.LEASES,
          ElectionConfig.NAMESPACE,
          config.lease(),
          "",
          PatchFormat.MERGE,
          "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
              .formatted(LeaseRecord.ASKED_BY, config.identity()));
      log.info("lease {}: {} asks for it", config.lease(), config.identity());
    } catch (KubeApiException failed) {
      log.info("lease {}: could not be asked for: {}", config.lease(), failed.getMessage());
    }
  }

  /**
   * Has the candidate stop, gives up the lease, and leaves it to others for about one life; any
   * thread, returns at once. No effect on who does not hold it.
   */
  public void giveUp() {
    givingUp.set(true);
    wake();
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
        core.restrain(restraint.get().toNanos());
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
    handOver();
    if (tenure.isEmpty() && office.isVacant()) {
      core.stand(true);
    }
    boolean working = leads && tenure.isPresent() && !handingOver;
    String leader = leader();
    // A lease of ours that we do not work under is nobody's: it ran out, or is being handed over.
    standing = new Standing(working, !working && leader.equals(config.identity()) ? "" : leader);
  }

  /** As at an orderly end: first the candidate stops, then the lease is given up. */
  private void handOver() {
    boolean cannotWork = givingUp.getAndSet(false);
    boolean isAsked =
        core.seen()
            .flatMap(LeaseRecord::askedBy)
            .filter(by -> !by.equals(config.identity()))
            .isPresent();
    if (tenure.isPresent() && (isAsked || cannotWork) && !handingOver) {
      log.info(
          "lease {}: {} {}",
          config.lease(),
          config.identity(),
          cannotWork ? "cannot work and gives it up" : "hands it over, as it was asked");
      handingOver = true;
      tenure.get().end();
      office.leave();
    }
    if (handingOver && (tenure.isEmpty() || office.isVacant())) {
      handingOver = false;
      if (tenure.isPresent()) {
        resign();
      }
    }
  }

  private String leader() {
    return core.seen().map(LeaseRecord::holder).orElse("");
  }

  /**
   * Somebody may have asked for it since it was read: then it is another version, and still ours.
   * Or somebody has it.
   */
  private void release(LeaseRecord held) {
    try {
      writeReleased(held);
    } catch (KubeApiException changed) {
      if (!changed.isConflict()) {
        throw changed;
      }
      api.get(ResourceType.LEASES, ElectionConfig.NAMESPACE, config.lease())
          .map(this::read)
          .filter(lease -> lease.holder().equals(config.identity()))
          .ifPresent(this::writeReleased);
    }
  }

  private void writeReleased(LeaseRecord held) {
    V1Lease released = held.heldBy("", config.life(), wallClock.instant());
    core.released(read(api.replace(ResourceType.LEASES, released)), nanoTime.getAsLong());
  }

  /**
   * Tells the others that they need not wait, also if the lease has run out meanwhile and nobody
   * else has it; if that fails, they wait.
   */
  private void resign() {
    tenure.ifPresent(Tenure::end);
    tenure = Optional.empty();
    core.resign(nanoTime.getAsLong());
    Optional<LeaseRecord> own =
        core.seen().filter(lease -> lease.holder().equals(config.identity()));
    if (own.isEmpty()) {
      return;
    }
    try {
      release(own.get());
      log.info("lease {}: {} does not hold it any more", config.lease(), config.identity());
    } catch (RuntimeException failed) {
      log.warn(
          "lease {}: it could not be given up and ends by itself within {} s: {}",
          config.lease(),
          config.life().toSeconds(),
          failed.getMessage());
    }
  }
}
