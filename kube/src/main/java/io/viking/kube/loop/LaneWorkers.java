package io.viking.kube.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A lane of work that needs threads: a queue, and virtual threads that take from it in order. A
 * thread is started only while fewer than the lane's width exist, and ends when the queue is empty,
 * so that ten thousand waiting effects are ten thousand entries and not as many threads.
 */
final class LaneWorkers<F> implements LaneQueue<F> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Lane lane;
  private final Thread.Builder threads;
  private final Consumer<? super F> run;

  @GuardedBy("lock")
  private final Queue<F> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Set<Thread> workers = new HashSet<>();

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param run never throws
   */
  LaneWorkers(String loop, Lane lane, Consumer<? super F> run) {
    this.lane = lane;
    this.threads = Thread.ofVirtual().name(loop + "-" + lane.name() + "-", 0);
    this.run = run;
  }

  @Override
  public void submit(F effect) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      waiting.add(effect);
      if (workers.size() < lane.width()) {
        Thread worker = threads.unstarted(this::work);
        workers.add(worker);
        worker.start();
      }
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
      return workers.size();
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts what runs. */
  @Override
  public void stop() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      workers.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int await(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    int left = 0;
    for (Thread worker : left()) {
      Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!worker.join(rest)) {
        left++;
      }
    }
    return left;
  }

  private List<Thread> left() {
    lock.lock();
    try {
      return new ArrayList<>(workers);
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    for (Optional<F> next = takeOrLeave(); next.isPresent(); next = takeOrLeave()) {
      run.accept(next.get());
    }
  }

  private Optional<F> takeOrLeave() {
    lock.lock();
    try {
      Optional<F> next = Optional.ofNullable(waiting.poll());
      if (next.isEmpty()) {
        workers.remove(Thread.currentThread());
      }
      return next;
    } finally {
      lock.unlock();
    }
  }
}
