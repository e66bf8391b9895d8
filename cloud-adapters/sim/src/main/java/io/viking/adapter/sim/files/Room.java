package io.viking.adapter.sim.files;

import java.util.Optional;

/**
 * Bytes that files may take, so that what is written into simulated containers cannot fill the
 * process' memory. A part of another room takes from that one, too, and gives all back when it is
 * closed. Any thread.
 */
public final class Room implements AutoCloseable {
  private final long limit;
  private final Optional<Room> whole;
  private long used;
  private boolean closed;

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

  /**
   * Takes so many bytes (gives them back if negative); false if there is no room, or it was closed.
   */
  synchronized boolean take(long bytes) {
    if (closed || (bytes > 0 && used + bytes > limit)) {
      return false;
    }
    if (whole.isPresent() && !whole.get().take(bytes)) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** Gives all back. What is still written in it finds no room. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      whole.ifPresent(room -> room.take(-used));
    }
  }
}
