package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.CatalogChanges;
import io.viking.adapter.kit.stream.InstanceChanges;
import io.viking.adapter.sim.core.CatalogView;
import io.viking.adapter.sim.core.InstanceChange;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.state.Record;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core in real time: one lock around it, one thread that wakes it when something is due. Every
 * command is written before it is applied, and its changes are published before its answer is
 * given. Any thread.
 */
final class LiveCloud implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveCloud.class);

  /** Changes of the catalog come together for so long: stock and addresses change with each pod. */
  private static final long CATALOG_PAUSE_MILLIS = 250;

  /** Of instances: 2 KB each. */
  private static final int KEPT_CHANGES = 50_000;

  private static final int KEPT_CATALOG_CHANGES = 20_000;

  /** Told of each change before it is published, on the thread that made it; must not block. */
  @FunctionalInterface
  interface Listener {
    void changed(InstanceChange change, SimCloud now);
  }

  final InstanceChanges instanceChanges;
  final CatalogChanges catalogChanges;

  private final ReentrantLock lock = new ReentrantLock();
  private final SimCloud cloud;
  private final CloudMemory memory;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor timer;

  // Guarded by lock.
  private long catalogRevision;
  private Instant wakeAt = Instant.MAX;
  private boolean closed;
  private Listener listener = (change, now) -> {};

  LiveCloud(CloudMemory.Opened opened, InstantSource clock, Executor executor) {
    this.cloud = opened.cloud();
    this.memory = opened.memory();
    this.clock = clock;
    this.catalogRevision = Math.multiplyExact(clock.millis(), 1000L);
    this.instanceChanges = new InstanceChanges(KEPT_CHANGES, cloud.revision(), executor);
    this.catalogChanges = new CatalogChanges(KEPT_CATALOG_CHANGES, catalogRevision, executor);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sim-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** To be called before {@link #start}. */
  void listen(Listener only) {
    listener = only;
  }

  void start() {
    read(ignored -> true);
    var unused =
        timer.scheduleWithFixedDelay(
            this::publishCatalogQuietly,
            CATALOG_PAUSE_MILLIS,
            CATALOG_PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Writes a command, then applies it.
   *
   * @param command makes the record, of the cloud before it, for the time at which it takes effect
   * @throws io.grpc.StatusRuntimeException UNAVAILABLE if it could not be written; nothing happened
   */
  <T> T command(
      Function<SimCloud, Function<Instant, Record>> command,
      Function<SimCloud, Function<Instant, T>> apply) {
    T result;
    lock.lock();
    try {
      requireOpen();
      Instant at = cloud.effective(clock.instant());
      cloud.advance(at);
      memory.append(command.apply(cloud).apply(at));
      result = apply.apply(cloud).apply(at);
      cloud.advance(at);
      afterwards();
      snapshotIfDue();
    } catch (IOException e) {
      throw Failures.exception(
          CloudFailure.of(
              ErrorReason.ERROR_REASON_UNAVAILABLE,
              "the simulated cloud cannot write its journal, so nothing was done: "
                  + e.getMessage()));
    } finally {
      lock.unlock();
    }
    try {
      memory.settle();
    } catch (IOException e) {
      throw Failures.exception(
          CloudFailure.of(
              ErrorReason.ERROR_REASON_UNAVAILABLE,
              "the simulated cloud cannot bring its journal to the disk: " + e.getMessage()));
    }
    return result;
  }

  /** Looks at the cloud as it is now. */
  <T> T read(Function<SimCloud, T> question) {
    lock.lock();
    try {
      requireOpen();
      cloud.advance(clock.instant());
      T answer = question.apply(cloud);
      afterwards();
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /** The catalog and its revision. */
  record Catalog(CatalogView view, long revision) {}

  Catalog catalog() {
    return read(
        now -> {
          publishCatalog();
          return new Catalog(now.catalog(), catalogRevision);
        });
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      timer.shutdownNow();
      memory.close();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw Failures.exception(
          ErrorReason.ERROR_REASON_UNAVAILABLE, "the simulated cloud has been closed");
    }
  }

  private void afterwards() {
    for (InstanceChange change : cloud.drainChanges()) {
      listener.changed(change, cloud);
      if (change.deleted()) {
        instanceChanges.deleted(change.instance());
      } else {
        instanceChanges.changed(change.instance());
      }
    }
    cloud.nextDeadline().ifPresent(this::wakeAt);
  }

  private void wakeAt(Instant deadline) {
    if (deadline.isBefore(wakeAt)) {
      wakeAt = deadline;
      long nanos = Math.max(0, Duration.between(clock.instant(), deadline).toNanos());
      var _ = timer.schedule(() -> wake(deadline), nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void wake(Instant deadline) {
    lock.lock();
    try {
      if (closed || !wakeAt.equals(deadline)) {
        return;
      }
      wakeAt = Instant.MAX;
      cloud.advance(clock.instant());
      afterwards();
    } catch (RuntimeException e) {
      log.error("Simulated cloud: a timer failed; it is tried again in a second", e);
      wakeAt(clock.instant().plusSeconds(1));
    } finally {
      lock.unlock();
    }
  }

  private void snapshotIfDue() {
    if (memory.wantsSnapshot()) {
      try {
        memory.snapshot(cloud.snapshot());
      } catch (IOException e) {
        log.warn("Simulated cloud: no new snapshot, the journal goes on growing: {}", e.toString());
      }
    }
  }

  private void publishCatalogQuietly() {
    lock.lock();
    try {
      if (!closed) {
        publishCatalog();
      }
    } catch (RuntimeException e) {
      log.error("Simulated cloud: watchers of the catalog may have missed a change", e);
    } finally {
      lock.unlock();
    }
  }

  private void publishCatalog() {
    catalogRevision = catalogChanges.changed(catalogRevision, cloud.drainCatalog().items());
  }
}
