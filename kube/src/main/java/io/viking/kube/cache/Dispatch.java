package io.viking.kube.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cadence.Cadence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happened, in order, on one thread. What waits to be told is bounded: beyond
 * {@link #ENOUGH_WAITING} the watch is read no further, and the rest waits in the API server. As
 * many again may be in the round that is being told.
 */
final class Dispatch<T extends KubernetesObject> {
  private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
  private static final int ENOUGH_WAITING = 4_096;

  private sealed interface Task<T extends KubernetesObject> {
    record Tell<T extends KubernetesObject>(CacheEvent<T> event) implements Task<T> {}

    record Join<T extends KubernetesObject>(
        Consumer<? super CacheEvent<T>> listener, List<CacheEvent<T>> content) implements Task<T> {}
  }

  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private List<Task<T>> tasks = new ArrayList<>();

  /** Confined to the telling thread. */
  private final List<Consumer<? super CacheEvent<T>>> listeners = new ArrayList<>();

  Dispatch(String name) {
    this.name = name;
  }

  /** Waits while much is still to be told. */
  void awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (tasks.size() >= ENOUGH_WAITING) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Queues events for all listeners. */
  void tell(List<CacheEvent<T>> events) {
    lock.lock();
    try {
      events.forEach(event -> tasks.add(new Task.Tell<>(event)));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Queues a new listener: it hears this content, then whatever is told later. */
  void join(Consumer<? super CacheEvent<T>> listener, List<CacheEvent<T>> content) {
    lock.lock();
    try {
      tasks.add(new Task.Join<>(listener, content));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The telling thread's work, until it is interrupted. */
  void run() {
    try {
      var cadence = new Cadence();
      while (true) {
        cadence.await();
        List<Task<T>> taken = takeAll();
        cadence.took(taken.size());
        taken.forEach(this::perform);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void perform(Task<T> task) {
    switch (task) {
      case Task.Tell<T>(CacheEvent<T> event) ->
          listeners.forEach(listener -> tell(listener, event));
      case Task.Join<T>(Consumer<? super CacheEvent<T>> listener, List<CacheEvent<T>> content) -> {
        content.forEach(event -> tell(listener, event));
        listeners.add(listener);
      }
    }
  }

  private List<Task<T>> takeAll() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (tasks.isEmpty()) {
        changed.await();
      }
      changed.signalAll();
      List<Task<T>> taken = tasks;
      tasks = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void tell(Consumer<? super CacheEvent<T>> listener, CacheEvent<T> event) {
    try {
      listener.accept(event);
    } catch (RuntimeException defect) {
      log.error(
          "cache {}: a listener threw and has missed {}",
          name,
          event.getClass().getSimpleName(),
          defect);
    }
  }
}
