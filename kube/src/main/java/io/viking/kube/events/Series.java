package io.viking.kube.events;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One event and its repetitions: how often it happened, and how much of that is written. Compared
 * by identity.
 */
final class Series {
  /** What makes two events the same. */
  record Key(EventTarget target, EventType type, String reason, String message) {}

  /** What is to be written now. */
  sealed interface Write {
    /** The first write of the series. */
    record Create(int count, Instant first, Instant last) implements Write {}

    /** The event is there: its count and time change. */
    record CountUp(int count, Instant last) implements Write {}

    /** All is written. */
    record Nothing() implements Write {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Key key;
  private final String eventName;
  private final Instant first;

  @GuardedBy("lock")
  private Instant last;

  @GuardedBy("lock")
  private int count;

  /** 0: the event is not there. */
  @GuardedBy("lock")
  private int written;

  Series(Key key, String eventName, Instant first) {
    this.key = key;
    this.eventName = eventName;
    this.first = first;
    this.last = first;
  }

  Key key() {
    return key;
  }

  String eventName() {
    return eventName;
  }

  void happened(Instant now) {
    lock.lock();
    try {
      count++;
      last = now;
    } finally {
      lock.unlock();
    }
  }

  Write next() {
    lock.lock();
    try {
      if (count == written) {
        return new Write.Nothing();
      }
      return written == 0 ? new Write.Create(count, first, last) : new Write.CountUp(count, last);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param count as written; 0 = the event is not there any more
   */
  void wrote(int count) {
    lock.lock();
    try {
      written = count;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return key.type()
        + " "
        + key.reason()
        + " of "
        + key.target().namespace()
        + "/"
        + key.target().name();
  }
}
