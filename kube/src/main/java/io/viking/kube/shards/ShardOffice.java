package io.viking.kube.shards;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.viking.kube.election.Candidate;
import io.viking.kube.election.Tenure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one assignment of the shards that are held, and another whenever they change. Work on all
 * of them stops for that, and begins anew from lists: a shard that comes must not be judged by what
 * was read before its last holder stopped. If work cannot begin, the leases are given up.
 */
final class ShardOffice implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ShardOffice.class);

  private final String name;
  private final int shards;
  private final Duration life;
  private final Runnable check;
  private final ShardCandidate candidate;
  private final IntConsumer giveUp;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;

  /** The terms that are on, by shard. */
  @GuardedBy("lock")
  private final Map<Integer, Tenure> held = new TreeMap<>();

  /** What the candidate works on, or begins to. */
  @GuardedBy("lock")
  private Assignment assigned = Assignment.NONE;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param life of a lease: shards come in swarms, and are awaited for a twelfth of it between two
   * @param check before each assignment; throws if nothing may be begun yet
   * @param giveUp of a shard's lease: called when work on it could not begin; returns at once
   */
  ShardOffice(
      String name,
      int shards,
      Duration life,
      Runnable check,
      ShardCandidate candidate,
      IntConsumer giveUp) {
    this.name = name;
    this.shards = shards;
    this.life = life;
    this.check = check;
    this.candidate = candidate;
    this.giveUp = giveUp;
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
      while (assigned.terms().containsKey(shard)) {
        news.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Optional<Assignment> next = next(); next.isPresent(); next = next()) {
        assign(next.get());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      withdraw();
    }
  }

  /** Waits for something to work on, with nothing assigned; empty: closed. */
  private Optional<Assignment> next() throws InterruptedException {
    awaitChange();
    withdraw();
    lock.lock();
    try {
      while (held.isEmpty() && !closed) {
        news.await();
      }
      awaitSwarm();
      if (closed) {
        return Optional.empty();
      }
      assigned = new Assignment(held);
      return Optional.of(assigned);
    } finally {
      lock.unlock();
    }
  }

  private void awaitChange() throws InterruptedException {
    lock.lock();
    try {
      while (assigned.terms().equals(held) && !closed) {
        news.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Until none has come for a moment; a third of a life at most. One alone is no swarm. */
  @GuardedBy("lock")
  private void awaitSwarm() throws InterruptedException {
    if (shards == 1) {
      return;
    }
    long most = life.toNanos() / 3;
    int before;
    do {
      before = held.size();
      long left = life.toNanos() / 12;
      most -= left;
      while (left > 0 && held.size() == before && !closed) {
        left = news.awaitNanos(left);
      }
    } while (held.size() != before && most > 0 && !closed);
  }

  private void assign(Assignment assignment) {
    if (assignment.terms().isEmpty()) {
      return;
    }
    try {
      check.run();
      candidate.assigned(new Share(shards, assignment.terms().keySet()), assignment);
    } catch (IllegalStateException refused) {
      log.warn("{}: work on shards could not begin: {}", name, refused.getMessage());
      giveUp(assignment);
    } catch (Exception | Error defect) {
      log.error("{}: work on shards could not begin", name, defect);
      giveUp(assignment);
    }
  }

  private void giveUp(Assignment assignment) {
    withdraw();
    lock.lock();
    try {
      assignment.terms().forEach(held::remove);
    } finally {
      lock.unlock();
    }
    assignment.terms().keySet().forEach(giveUp::accept);
  }

  private void withdraw() {
    lock.lock();
    try {
      if (assigned == Assignment.NONE) {
        return;
      }
      assigned.end();
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
      assigned = Assignment.NONE;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
