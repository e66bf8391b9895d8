package io.viking.adapter.sim.files;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that files may take, so that what is written into simulated containers cannot fill the
 * process' memory. A part of another room takes from that one, too, and gives all back when it is
 * closed. Any thread.
 */
public final class Room implements AutoCloseable {
  private final long limit;
  private final Optional<Room> whole;
  private final AtomicLong used = new AtomicLong();

  private Room(long limit, Optional<Room> whole) {
    this.limit = limit;
    this.whole = whole;
  }

  public static Room of(long bytes) {
    return new Room(bytes, Optional.empty());
  }

  public Room part(long bytes) {
    return new Room(bytes, Optional.of(this));
  }

  public long used() {
    return used.get();
  }

  /** Takes so many bytes (gives them back if negative); false if there is no room. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) > limit && bytes > 0) {
      used.addAndGet(-bytes);
      return false;
    }
    if (whole.isPresent() && !whole.get().take(bytes)) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Gives all back; what held it must not be written to any more. */
  @Override
  public void close() {
    long all = used.getAndSet(0);
    whole.ifPresent(room -> room.take(-all));
  }
}
