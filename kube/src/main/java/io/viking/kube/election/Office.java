package io.viking.kube.election;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a candidate begin and stop, in turn and on a thread of its own, so that the lease is renewed
 * however long that takes. Told what is wanted now; what was wanted in between is skipped.
 */
final class Office implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Office.class);

  private final String name;
  private final Candidate candidate;
  private final Runnable changed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;

  /** Who is to be in office. */
  @GuardedBy("lock")
  private Optional<Tenure> wanted = Optional.empty();

  /** Who is, or was until the candidate has stopped. */
  @GuardedBy("lock")
  private Optional<Tenure> present = Optional.empty();

  @GuardedBy("lock")
  private boolean failed;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param changed called when the candidate has stopped or could not begin; must return at once
   */
  Office(String name, Candidate candidate, Runnable changed) {
    this.name = name;
    this.candidate = candidate;
    this.changed = changed;
    this.thread = Thread.ofPlatform().name("term-" + name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The candidate is to work; any thread, returns at once. */
  void take(Tenure tenure) {
    want(Optional.of(tenure));
  }

  /** The candidate is to stop; any thread, returns at once. */
  void leave() {
    want(Optional.empty());
  }

  /** Whether nobody works, nor is to. */
  boolean isVacant() {
    lock.lock();
    try {
      return wanted.isEmpty() && present.isEmpty() && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the candidate could not begin; until it is told to stop. */
  boolean hasFailed() {
    lock.lock();
    try {
      return failed;
    } finally {
      lock.unlock();
    }
  }

  /** Has the candidate stop for good; returns when it has. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wanted = Optional.empty();
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

  private void want(Optional<Tenure> next) {
    lock.lock();
    try {
      if (!closed) {
        wanted = next;
        failed = false;
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Optional<Turn> turn = next(); turn.isPresent(); turn = next()) {
        switch (turn.get()) {
          case Turn.Begin(Tenure tenure) -> begin(tenure);
          case Turn.Stop() -> stop();
        }
        changed.run();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the candidate does next. */
  private sealed interface Turn {
    record Begin(Tenure tenure) implements Turn {}

    record Stop() implements Turn {}
  }

  /** Waits for the next turn; empty: closed, and nobody works. */
  private Optional<Turn> next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (present.isPresent() && !present.equals(wanted)) {
          return Optional.of(new Turn.Stop());
        }
        if (present.isEmpty() && wanted.isPresent() && !failed) {
          present = wanted;
          return wanted.map(Turn.Begin::new);
        }
        if (closed) {
          return Optional.empty();
        }
        news.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void begin(Tenure tenure) {
    try {
      candidate.elected(tenure);
    } catch (Exception | Error defect) {
      log.error("lease {}: what it stands for could not begin; it is given up", name, defect);
      stop();
      lock.lock();
      try {
        failed = wanted.isPresent();
      } finally {
        lock.unlock();
      }
    }
  }

  private void stop() {
    try {
      candidate.dismissed();
    } catch (RuntimeException | Error defect) {
      log.error("lease {}: something did not stop cleanly; its calls are refused", name, defect);
    }
    lock.lock();
    try {
      present = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
