package io.viking.kube.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What arrived since the last step: many threads put, one takes all at once. This is where batches
 * come from: the longer a step takes, the more events the next one sees, and an idle loop sees each
 * event at once.
 */
final class Inbox<E> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private List<E> events = new ArrayList<>();

  @GuardedBy("lock")
  private boolean woken;

  void putAll(Collection<? extends E> arrived) {
    lock.lock();
    try {
      events.addAll(arrived);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a wait although nothing arrived. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes everything, oldest first; waits while there is nothing.
   *
   * @return empty if the time is over or {@link #wake} was called
   */
  List<E> takeAll(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (events.isEmpty() && !woken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
      List<E> taken = events;
      events = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return events.size();
    } finally {
      lock.unlock();
    }
  }
}
