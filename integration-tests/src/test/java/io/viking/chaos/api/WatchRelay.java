package io.viking.chaos.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Hands a watch on, frame by frame (a line of JSON each), until it ends or is made to. */
final class WatchRelay {
  private static final int CHUNK = 32 << 10;

  private final ApiCall call;
  private final InputStream frames;
  private final OutputStream caller;

  /** Guarded by this. */
  private Optional<ApiFault.OfWatch> ending = Optional.empty();

  private long stalledUntilNanos = System.nanoTime();

  WatchRelay(ApiCall call, InputStream frames, OutputStream caller) {
    this.call = call;
    this.frames = frames;
    this.caller = caller;
  }

  ApiCall call() {
    return call;
  }

  void strike(ApiFault.OfWatch fault) {
    synchronized (this) {
      if (fault instanceof ApiFault.Stalled(Duration by)) {
        stalledUntilNanos = System.nanoTime() + by.toNanos();
        return;
      }
      ending = Optional.of(fault);
      notifyAll();
    }
    try {
      frames.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns at the end of the watch.
   *
   * @throws IOException if it was cut, from either side
   */
  void run() throws IOException, InterruptedException {
    var unfinished = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    while (true) {
      int read = read(chunk);
      awaitEndOfStall();
      Optional<ApiFault.OfWatch> struck = ending();
      if (struck.isPresent()) {
        end(struck.get());
        return;
      }
      if (read < 0) {
        return;
      }
      unfinished.write(chunk, 0, read);
      forwardWholeFrames(unfinished);
    }
  }

  private void forwardWholeFrames(ByteArrayOutputStream unfinished) throws IOException {
    byte[] bytes = unfinished.toByteArray();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end > 0) {
      caller.write(bytes, 0, end);
      caller.flush();
      unfinished.reset();
      unfinished.write(bytes, end, bytes.length - end);
    }
  }

  /** A stream that was closed by a strike is at its end. */
  private int read(byte[] chunk) throws IOException {
    try {
      return frames.read(chunk);
    } catch (IOException broken) {
      if (ending().isPresent()) {
        return -1;
      }
      throw broken;
    }
  }

  private void end(ApiFault.OfWatch fault) throws IOException {
    if (fault instanceof ApiFault.Expired) {
      caller.write(Statuses.expiredEvent().getBytes(StandardCharsets.UTF_8));
      caller.flush();
      return;
    }
    throw new IOException("fault: the watch was cut");
  }

  private synchronized Optional<ApiFault.OfWatch> ending() {
    return ending;
  }

  private synchronized void awaitEndOfStall() throws InterruptedException {
    long left = stalledUntilNanos - System.nanoTime();
    while (ending.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = stalledUntilNanos - System.nanoTime();
    }
  }
}
