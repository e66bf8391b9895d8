package io.viking.syncer.kubelet;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A log that is followed by reading it again and again, each time from the last line on that was
 * told; finds out what of a reading is new. Pure.
 *
 * <p>Readings have timestamps, whether the caller wants them or not: a line is known by its time,
 * and by its order among those of the same time. One that was read before it was whole goes on
 * where it had stopped.
 */
final class PolledLog {
  /** RFC 3339 with nanoseconds and an offset has 35 characters. */
  private static final int LONGEST_TIME = 40;

  private final boolean timestamps;
  private long room;

  /** Time of the last line that was told. */
  private Instant last = Instant.MIN;

  /** Whole lines of that time that were told. */
  private int told;

  /** Bytes told of the one after them, if it was not whole. */
  private int toldOfNext;

  /** Whole lines of that time that this reading has brought again. */
  private int again;

  // The line that is being read.
  private final StringBuilder time = new StringBuilder();
  private boolean inTime = true;
  private boolean silent;
  private boolean older;
  private int bytes;
  private int knownBytes;

  /**
   * @param timestamps whether the caller wants them
   * @param limit bytes that it wants at most; empty: all
   */
  PolledLog(boolean timestamps, Optional<Long> limit) {
    this.timestamps = timestamps;
    this.room = limit.orElse(Long.MAX_VALUE);
  }

  /**
   * A reading begins.
   *
   * @param silently what it brings counts as told
   */
  void begin(boolean silently) {
    silent = silently;
    again = 0;
    inTime = true;
    time.setLength(0);
  }

  /** From when on to read; empty: nothing was told yet. */
  Optional<Instant> since() {
    return last.equals(Instant.MIN) ? Optional.empty() : Optional.of(last);
  }

  /** Whether the caller has all that it wants. */
  boolean isFull() {
    return room == 0;
  }

  /**
   * What of the next piece of this reading is new to the caller.
   *
   * @throws IllegalStateException a line does not begin with a time, as the contract has it
   */
  byte[] take(ByteString piece) {
    var fresh = new ByteArrayOutputStream();
    for (int i = 0; i < piece.size(); i++) {
      byte next = piece.byteAt(i);
      if (!inTime) {
        content(next, fresh);
      } else if (next == ' ') {
        beginLine(fresh);
      } else {
        time.append((char) next);
        if (next == '\n' || time.length() > LONGEST_TIME) {
          throw withoutTime();
        }
      }
    }
    return fresh.toByteArray();
  }

  private void beginLine(ByteArrayOutputStream fresh) {
    Instant of = timeOfLine();
    if (of.isAfter(last)) {
      last = of;
      told = 0;
      toldOfNext = 0;
      again = 0;
    }
    older = of.isBefore(last);
    knownBytes = older || again < told ? Integer.MAX_VALUE : toldOfNext;
    if (timestamps && knownBytes == 0) {
      tell(time.append(' ').toString().getBytes(StandardCharsets.US_ASCII), fresh);
    }
    time.setLength(0);
    inTime = false;
    bytes = 0;
  }

  private Instant timeOfLine() {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException malformed) {
      throw withoutTime();
    }
  }

  private IllegalStateException withoutTime() {
    return new IllegalStateException(
        "the pool was asked for a log with timestamps, and gave a line that begins with \""
            + time
            + "\"");
  }

  private void content(byte next, ByteArrayOutputStream fresh) {
    bytes++;
    boolean isNew = bytes > knownBytes;
    if (isNew) {
      tell(new byte[] {next}, fresh);
      toldOfNext = bytes;
    }
    if (next == '\n') {
      again += older ? 0 : 1;
      inTime = true;
      if (isNew) {
        told = again;
        toldOfNext = 0;
      }
    }
  }

  private void tell(byte[] more, ByteArrayOutputStream fresh) {
    if (silent) {
      return;
    }
    int most = (int) Math.min(room, more.length);
    fresh.write(more, 0, most);
    room -= most;
  }
}
