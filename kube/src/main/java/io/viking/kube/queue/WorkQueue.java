package io.viking.kube.queue;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is to be looked at, with the rules of client-go's work queue:
 *
 * <ul>
 *   <li>an item waits once, however often it is added;
 *   <li>one item is never worked on by two at once: added meanwhile, it is worked on once more
 *       afterwards;
 *   <li>first in, first out; an item that comes back goes to the end;
 *   <li>an item that failed comes back after a pause of its own, which doubles until it is
 *       forgotten.
 * </ul>
 *
 * <p>Safe for all threads. Whoever {@link #take}s an item says {@link #done}.
 */
public final class WorkQueue<K> {
  /** client-go's: 5 ms, doubling, at most 1000 s. */
  public static final Duration SHORTEST_BACKOFF = Duration.ofMillis(5);

  public static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1_000);

  /** The clock may be set: so it is read again this often. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final InstantSource clock;
  private final QueueMetrics metrics;

  @GuardedBy("lock")
  private final ReadyItems<K> ready = new ReadyItems<>();

  @GuardedBy("lock")
  private final DelayedItems<K> delayed = new DelayedItems<>();

  @GuardedBy("lock")
  private final ItemBackoff<K> backoff;

  @GuardedBy("lock")
  private final Map<K, Instant> since = new HashMap<>();

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param name for metrics
   */
  public WorkQueue(String name, InstantSource clock, MeterRegistry metrics) {
    this(name, SHORTEST_BACKOFF, LONGEST_BACKOFF, clock, metrics);
  }

  public WorkQueue(
      String name,
      Duration shortestBackoff,
      Duration longestBackoff,
      InstantSource clock,
      MeterRegistry metrics) {
    this.clock = clock;
    this.backoff = new ItemBackoff<>(shortestBackoff, longestBackoff);
    this.metrics = new QueueMetrics(name, metrics, this);
  }

  /** Adds an item, unless it waits already. A closed queue drops it. */
  public void add(K item) {
    lock.lock();
    try {
      addNow(item);
    } finally {
      lock.unlock();
    }
  }

  /** Adds an item when a time has passed; of several times the earliest holds. */
  public void addAfter(K item, Duration pause) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (!pause.isPositive()) {
        addNow(item);
        return;
      }
      delayed.add(item, clock.instant().plus(pause));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Adds an item that failed, after its own back-off. */
  public void addAgain(K item) {
    lock.lock();
    try {
      metrics.retries.increment();
      addAfter(item, backoff.next(item));
    } finally {
      lock.unlock();
    }
  }

  /** Ends an item's back-off: it is well. */
  public void forget(K item) {
    lock.lock();
    try {
      backoff.forget(item);
    } finally {
      lock.unlock();
    }
  }

  /** How often an item has failed since it was last forgotten. */
  public int failures(K item) {
    lock.lock();
    try {
      return backoff.failures(item);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next item.
   *
   * @return empty when the queue is closed and nothing waits any more
   */
  public Optional<K> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        delayed.takeDue(clock.instant()).forEach(this::addNow);
        Optional<K> item = ready.take();
        if (item.isPresent()) {
          began(item.get());
          return item;
        }
        if (closed) {
          return Optional.empty();
        }
        awaitChange();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that the work on an item has ended, well or not. */
  public void done(K item) {
    lock.lock();
    try {
      Optional.ofNullable(since.remove(item))
          .ifPresent(begin -> metrics.work.record(Duration.between(begin, clock.instant())));
      if (ready.done(item)) {
        since.put(item, clock.instant());
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Items that wait. */
  public int depth() {
    lock.lock();
    try {
      return ready.waiting();
    } finally {
      lock.unlock();
    }
  }

  /** Items that are worked on. */
  public int working() {
    lock.lock();
    try {
      return ready.working();
    } finally {
      lock.unlock();
    }
  }

  /** Looks at the delayed items again at once: for a clock that was moved by hand. */
  public void clockMoved() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing new; what waits is still given out, what is delayed is dropped. */
  public void shutDown() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void addNow(K item) {
    if (!closed && ready.add(item)) {
      metrics.adds.increment();
      since.putIfAbsent(item, clock.instant());
      changed.signal();
    }
  }

  @GuardedBy("lock")
  private void began(K item) {
    Instant now = clock.instant();
    Optional.ofNullable(since.put(item, now))
        .ifPresent(added -> metrics.latency.record(Duration.between(added, now)));
  }

  @GuardedBy("lock")
  private void awaitChange() throws InterruptedException {
    Optional<Instant> due = delayed.next();
    if (due.isEmpty()) {
      changed.await();
      return;
    }
    Duration wait = Duration.between(clock.instant(), due.get());
    wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    changed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }
}
