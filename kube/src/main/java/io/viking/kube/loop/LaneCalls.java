package io.viking.kube.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A lane of calls without threads: each is begun by who submits it, or by the answer that leaves it
 * room. What is in flight has a deadline of its own and cannot be called back.
 */
final class LaneCalls<F> implements LaneQueue<F> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final int width;
  private final Function<? super F, CompletableFuture<?>> begin;

  @GuardedBy("lock")
  private final Queue<F> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private int running;

  @GuardedBy("lock")
  private boolean stopped;

  /**
   * @param begin never throws
   */
  LaneCalls(Lane lane, Function<? super F, CompletableFuture<?>> begin) {
    this.width = lane.width();
    this.begin = begin;
  }

  @Override
  public void submit(F effect) {
    if (isTaken(effect)) {
      beginFrom(effect);
    }
  }

  /** Whether there is room for it now; else it waits. */
  private boolean isTaken(F effect) {
    lock.lock();
    try {
      if (stopped) {
        return false;
      }
      if (running == width) {
        waiting.add(effect);
        return false;
      }
      running++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Begins this one and, as long as they end at once, those that wait. */
  private void beginFrom(F first) {
    Optional<F> next = Optional.of(first);
    while (next.isPresent()) {
      CompletableFuture<?> call = begin.apply(next.get());
      if (!call.isDone()) {
        call.whenComplete((_, _) -> takeOrLeave().ifPresent(this::beginFrom));
        return;
      }
      next = takeOrLeave();
    }
  }

  private Optional<F> takeOrLeave() {
    lock.lock();
    try {
      Optional<F> next = Optional.ofNullable(waiting.poll());
      if (next.isEmpty()) {
        running--;
        ended.signalAll();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int await(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (running > 0 && nanos > 0) {
        nanos = ended.awaitNanos(nanos);
      }
      return running;
    } finally {
      lock.unlock();
    }
  }
}
