package io.viking.kube.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works a queue off on virtual threads. */
public final class WorkQueueRunner<K> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkQueueRunner.class);

  /** What to do with an item next. */
  public sealed interface Outcome {
    /** It is well: its back-off ends. */
    record Done() implements Outcome {}

    /** It failed: again after its back-off. */
    record Again() implements Outcome {}

    /** It is well, but is to be looked at later. */
    record Later(Duration pause) implements Outcome {}
  }

  /** The work. One that throws is logged, and its item comes again. */
  public interface Worker<K> {
    Outcome work(K item) throws InterruptedException;
  }

  private final String name;
  private final WorkQueue<K> queue;
  private final Worker<K> worker;
  private final Duration drainWithin;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /**
   * @param name for threads
   * @param workers how many items are worked on at once
   * @param drainWithin how long {@link #close} lets what waits be worked on; zero = not at all
   */
  public WorkQueueRunner(
      String name, WorkQueue<K> queue, int workers, Duration drainWithin, Worker<K> worker) {
    if (workers < 1) {
      throw new IllegalArgumentException(
          "queue " + name + ": workers must be at least 1, is " + workers);
    }
    this.name = name;
    this.queue = queue;
    this.worker = worker;
    this.drainWithin = drainWithin;
    for (int i = 0; i < workers; i++) {
      threads.add(Thread.ofVirtual().name(name + "-" + i).unstarted(this::run));
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  /** Shuts the queue down, lets it drain for the time given, then interrupts. */
  @Override
  public void close() {
    queue.shutDown();
    try {
      if (!joined(drainWithin)) {
        closed = true;
        threads.forEach(Thread::interrupt);
        if (!joined(Duration.ofSeconds(2))) {
          log.warn("queue {}: work did not end when interrupted and is left behind", name);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean joined(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    for (Thread thread : threads) {
      if (thread.getState() != Thread.State.NEW
          && !thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  private void run() {
    try {
      for (Optional<K> item = queue.take(); item.isPresent() && !closed; item = queue.take()) {
        work(item.get());
      }
    } catch (InterruptedException e) {
      if (!closed) {
        log.error("queue {}: a worker was interrupted from outside; it has stopped", name, e);
      }
    }
  }

  private void work(K item) throws InterruptedException {
    try {
      switch (worker.work(item)) {
        case Outcome.Done() -> queue.forget(item);
        case Outcome.Again() -> queue.addAgain(item);
        case Outcome.Later(Duration pause) -> {
          queue.forget(item);
          queue.addAfter(item, pause);
        }
      }
    } catch (RuntimeException defect) {
      log.error("queue {}: work on {} threw; it comes again", name, item, defect);
      queue.addAgain(item);
    } finally {
      queue.done(item);
    }
  }
}
