package io.viking.syncer.pods.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Virtual time: actions in the order of their times, and of their scheduling where those are equal.
 */
final class Scheduler {
  private record Entry(Instant at, long serial, Runnable action) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          (a, b) -> {
            int byTime = a.at().compareTo(b.at());
            return byTime != 0 ? byTime : Long.compare(a.serial(), b.serial());
          });
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");
  private long serial;

  Instant now() {
    return now;
  }

  void after(Duration delay, Runnable action) {
    at(now.plus(delay), action);
  }

  void at(Instant at, Runnable action) {
    entries.add(new Entry(at.isBefore(now) ? now : at, ++serial, action));
  }

  /** Runs all that is due until a time, and stops the clock there. */
  void runUntil(Instant end) {
    while (!entries.isEmpty() && !entries.peek().at().isAfter(end)) {
      Entry entry = entries.poll();
      now = entry.at();
      entry.action().run();
    }
    now = end;
  }
}
