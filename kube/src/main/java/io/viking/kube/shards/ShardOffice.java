package io.viking.kube.shards;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.viking.kube.election.Candidate;
import io.viking.kube.election.Fence;
import io.viking.kube.election.Tenure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one assignment of the shards that are held, and another whenever they change. Work on all
 * of them stops for that, and begins anew from lists: a shard that comes must not be judged by what
 * was read before its last holder stopped.
 */
final class ShardOffice implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ShardOffice.class);

  /** Shards come in swarms: when a process begins, and when one ends. */
  private static final Duration SWARM = Duration.ofMillis(250);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final String name;
  private final int shards;
  private final Runnable check;
  private final ShardCandidate candidate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;

  /** The terms that are on, by shard. */
  @GuardedBy("lock")
  private final Map<Integer, Tenure> held = new TreeMap<>();

  /** Those that the candidate works in, or began to. */
  @GuardedBy("lock")
  private Map<Integer, Tenure> assigned = Map.of();

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param check before each assignment; throws if nothing may be begun yet
   */
  ShardOffice(String name, int shards, Runnable check, ShardCandidate candidate) {
    this.name = name;
    this.shards = shards;
    this.check = check;
    this.candidate = candidate;
    this.thread = Thread.ofPlatform().name("shards-" + name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The candidate for one shard's lease. */
  Candidate shard(int number) {
    return new Candidate() {
      @Override
      public void elected(Tenure tenure) {
        begin(number, tenure);
      }

      @Override
      public void dismissed() {
        stop(number);
      }
    };
  }

  /** How many shards this process holds. */
  int count() {
    lock.lock();
    try {
      return held.size();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing is begun any more; what is under way stops. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(int shard, Tenure tenure) {
    lock.lock();
    try {
      held.put(shard, tenure);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when nobody works on it any more. */
  private void stop(int shard) {
    lock.lock();
    try {
      held.remove(shard);
      news.signalAll();
      while (assigned.containsKey(shard)) {
        news.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Optional<Map<Integer, Tenure>> next = next(); next.isPresent(); next = next()) {
        assign(next.get());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      withdraw();
    }
  }

  /** Waits for something to work on, with nothing assigned; empty: closed. */
  private Optional<Map<Integer, Tenure>> next() throws InterruptedException {
    awaitChange();
    withdraw();
    lock.lock();
    try {
      while (held.isEmpty() && !closed) {
        news.await();
      }
      int before;
      do {
        before = held.size();
        long left = SWARM.toNanos();
        while (left > 0 && held.size() == before && !closed) {
          left = news.awaitNanos(left);
        }
      } while (held.size() != before && !closed);
      if (closed) {
        return Optional.empty();
      }
      assigned = Map.copyOf(held);
      return Optional.of(assigned);
    } finally {
      lock.unlock();
    }
  }

  private void awaitChange() throws InterruptedException {
    lock.lock();
    try {
      while (assigned.equals(held) && !closed) {
        news.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void assign(Map<Integer, Tenure> terms) throws InterruptedException {
    if (terms.isEmpty()) {
      return;
    }
    List<Tenure> all = List.copyOf(terms.values());
    Fence fence = () -> all.stream().allMatch(Tenure::isOpen);
    try {
      check.run();
      candidate.assigned(new Share(shards, terms.keySet()), fence);
    } catch (Exception | Error defect) {
      log.error(
          "{}: work on the shards {} could not begin, tried again in {} s",
          name,
          terms.keySet(),
          AFTER_FAILURE.toSeconds(),
          defect);
      withdraw();
      pause();
    }
  }

  private void pause() throws InterruptedException {
    lock.lock();
    try {
      long left = AFTER_FAILURE.toNanos();
      while (left > 0 && !closed) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void withdraw() {
    lock.lock();
    try {
      if (assigned.isEmpty()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    try {
      candidate.withdrawn();
    } catch (RuntimeException | Error defect) {
      log.error("{}: something did not stop cleanly; its calls are refused", name, defect);
    }
    lock.lock();
    try {
      assigned = Map.of();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
