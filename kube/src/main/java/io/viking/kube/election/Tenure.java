package io.viking.kube.election;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One term of office: from the moment when a lease was taken until it was lost, once and for all.
 * As a {@link Fence} it is open while at least half of the lease's life is left, by a monotonic
 * clock, so a process that was stopped for longer finds it closed when it goes on.
 *
 * <p>Safe for all threads.
 */
public final class Tenure implements Fence {
  private final LongSupplier nanoTime;
  private final long half;
  private volatile long renewedAt;
  private volatile boolean over;

  Tenure(Duration life, long renewedAt, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.half = life.toNanos() / 2;
    this.renewedAt = renewedAt;
  }

  @Override
  public boolean isOpen() {
    return !over && nanoTime.getAsLong() - renewedAt <= half;
  }

  /** Whether the lease was lost or given up. */
  public boolean isOver() {
    return over;
  }

  /** It was renewed by a call that was sent then. */
  void renewed(long sentAt) {
    renewedAt = sentAt;
  }

  void end() {
    over = true;
  }
}
