package io.viking.adapter.kit.faults;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts calls that are answered, so that one can be held until another has passed it. */
final class Answered {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition another = lock.newCondition();
  private long count;

  void one() {
    lock.lock();
    try {
      count++;
      another.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when a call has been answered since, or the time is up. */
  void awaitNext(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long before = count;
      long left = atMost.toNanos();
      while (count == before && left > 0) {
        left = another.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
