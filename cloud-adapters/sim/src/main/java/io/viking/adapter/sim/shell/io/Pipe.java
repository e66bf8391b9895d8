package io.viking.adapter.sim.shell.io;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** From one thread to another, with room for 64 KiB between them. */
public final class Pipe implements Source, Sink {
  private static final int CAPACITY = 64 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final Queue<ByteString> pieces = new ArrayDeque<>();
  private int held;
  private boolean ended;
  private boolean unread;

  /**
   * One piece more than there is room for may be taken, as a whole.
   *
   * @throws BrokenPipe if the reader has gone
   */
  @Override
  public void write(ByteString bytes) throws BrokenPipe, InterruptedException {
    if (!bytes.isEmpty()) {
      add(bytes);
    }
  }

  /** The reader sees an end once, and may go on to read: ^D of a terminal. */
  public void pause() throws BrokenPipe, InterruptedException {
    add(ByteString.EMPTY);
  }

  private void add(ByteString bytes) throws BrokenPipe, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (held >= CAPACITY && !unread) {
        change.await();
      }
      if (unread || ended) {
        throw new BrokenPipe();
      }
      pieces.add(bytes);
      held += bytes.size();
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ByteString next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (pieces.isEmpty() && !ended) {
        change.await();
      }
      ByteString piece = pieces.isEmpty() ? ByteString.EMPTY : pieces.remove();
      held -= piece.size();
      change.signalAll();
      return piece;
    } finally {
      lock.unlock();
    }
  }

  /** No more will be written. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more will be read. */
  public void abandon() {
    lock.lock();
    try {
      unread = true;
      pieces.clear();
      held = 0;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
