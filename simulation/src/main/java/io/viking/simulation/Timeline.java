package io.viking.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * Virtual time: what is to happen, in the order of its times, and of its planning where those are
 * equal. Milliseconds. Confined to one thread.
 */
public final class Timeline implements InstantSource {
  private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private record Entry(long at, long serial, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(serial, other.serial);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>(1024);
  private long now = BEGIN;
  private long serial;

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  /** Since the beginning. */
  public long elapsedMillis() {
    return now - BEGIN;
  }

  public void after(long millis, Runnable action) {
    at(now + millis, action);
  }

  /** A time that is over is now, behind what is planned for now already. */
  public void at(long time, Runnable action) {
    entries.add(new Entry(Math.max(time, now), serial++, action));
  }

  /**
   * Lets the next thing happen, if it is due by then; otherwise sets the clock there.
   *
   * @return whether something happened
   */
  public boolean step(long end) {
    Entry next = entries.peek();
    if (next == null || next.at() > end) {
      now = Math.max(now, end);
      return false;
    }
    entries.remove();
    now = next.at();
    next.action().run();
    return true;
  }
}
