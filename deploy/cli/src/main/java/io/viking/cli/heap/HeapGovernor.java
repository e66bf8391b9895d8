package io.viking.cli.heap;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap near to what lives in it.
 *
 * <p>The serial collector lets its old generation grow to {@code -Xmx} before it looks there for
 * what is dead. So a process would hold as much memory as it may after a few storms, and {@code
 * -Xmx} could not be as large as fifty thousand pods need. Here the old generation is collected
 * when it has grown by a part of what was alive ({@link HeapRoom}), and what is free then goes back
 * to the system, as {@code -XX:MaxHeapFreeRatio} says.
 */
public final class HeapGovernor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeapGovernor.class);

  private static final String SERIAL_OLD_GENERATION = "Tenured Gen";

  private final MemoryPoolMXBean old;
  private final HeapRoom room;
  private final List<NotificationEmitter> sources = new ArrayList<>();
  private final Semaphore due = new Semaphore(0);
  private final NotificationListener listener = this::heard;
  private final Thread thread;

  private HeapGovernor(MemoryPoolMXBean old, HeapRoom room) {
    this.old = old;
    this.room = room;
    this.thread = Thread.ofPlatform().daemon().name("heap").unstarted(this::run);
  }

  /** Begins; empty where another collector has its own ways. */
  public static Optional<HeapGovernor> start() {
    Optional<HeapGovernor> governor =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals(SERIAL_OLD_GENERATION))
            .filter(MemoryPoolMXBean::isUsageThresholdSupported)
            .findFirst()
            .map(pool -> new HeapGovernor(pool, HeapRoom.DEFAULT));
    governor.ifPresent(HeapGovernor::begin);
    return governor;
  }

  private void begin() {
    listenTo(ManagementFactory.getMemoryMXBean());
    ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(bean -> Arrays.asList(bean.getMemoryPoolNames()).contains(SERIAL_OLD_GENERATION))
        .forEach(this::listenTo);
    setLimit();
    thread.start();
  }

  private void listenTo(Object bean) {
    if (bean instanceof NotificationEmitter source) {
      source.addNotificationListener(listener, null, null);
      sources.add(source);
    }
  }

  /** On a thread of the JVM, which must not wait. */
  private void heard(Notification notification, @Nullable Object ignored) {
    switch (notification.getType()) {
      case MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED -> due.release();
      // Whoever wanted the collection.
      case GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION -> setLimit();
      default -> {}
    }
  }

  private void run() {
    try {
      while (true) {
        due.acquire();
        due.drainPermits();
        collect();
      }
    } catch (InterruptedException closed) {
      // It has been told to end.
    }
  }

  private void collect() {
    long before = old.getUsage().getUsed();
    long begun = System.nanoTime();
    System.gc();
    log.debug(
        "old generation: {} MiB, {} of them alive, in {} ms",
        before >> 20,
        alive() >> 20,
        (System.nanoTime() - begun) / 1_000_000);
  }

  private void setLimit() {
    old.setUsageThreshold(room.limit(alive(), old.getUsage().getMax()));
  }

  /** After the last collection; 0 before the first. */
  private long alive() {
    MemoryUsage last = old.getCollectionUsage();
    return last == null ? 0 : last.getUsed();
  }

  /** Leaves the heap to its collector again. */
  @Override
  public void close() {
    for (NotificationEmitter source : sources) {
      try {
        source.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        log.debug("closed before", e);
      }
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    old.setUsageThreshold(0);
  }
}
