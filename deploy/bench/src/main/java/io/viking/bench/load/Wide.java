package io.viking.bench.load;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Does the same for each of many, so many at once. */
public final class Wide {
  private Wide() {}

  /** What is done for the i-th. */
  public interface Task {
    void run(int index) throws InterruptedException;
  }

  /**
   * Runs the task for 0 to {@code count - 1}, in that order, at most {@code width} at once, each
   * worker on a virtual thread; returns when all are done.
   *
   * @throws RuntimeException the first failure; what was not begun by then is not begun any more
   * @throws InterruptedException likewise, after the workers have ended
   */
  public static void run(int width, int count, Task task) throws InterruptedException {
    var next = new AtomicInteger();
    var failure = new AtomicReference<Optional<RuntimeException>>(Optional.empty());
    var workers = new ArrayList<Thread>();
    for (int worker = 0; worker < Math.min(width, count); worker++) {
      workers.add(
          Thread.ofVirtual()
              .name("bench-", worker)
              .start(
                  () -> {
                    try {
                      for (int i = next.getAndIncrement();
                          i < count && failure.get().isEmpty();
                          i = next.getAndIncrement()) {
                        task.run(i);
                      }
                    } catch (InterruptedException stopped) {
                      Thread.currentThread().interrupt();
                    } catch (RuntimeException failed) {
                      failure.compareAndSet(Optional.empty(), Optional.of(failed));
                    }
                  }));
    }
    join(workers);
    failure
        .get()
        .ifPresent(
            first -> {
              throw first;
            });
  }

  private static void join(Iterable<Thread> workers) throws InterruptedException {
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException stopped) {
      for (Thread worker : workers) {
        worker.interrupt();
        Uninterruptibles.joinUninterruptibly(worker);
      }
      throw stopped;
    }
  }
}
