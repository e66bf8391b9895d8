package io.viking.kube.cadence;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spaces the rounds of a busy thread, so that each finds more to do.
 *
 * <p>A thread that takes what has arrived and comes back at once is woken for nearly every single
 * item while others use the processors, and so is whoever waits for what it does: in a storm the
 * switching of threads costs more than the work. So while many items come, a round begins no sooner
 * than a little after the one before. While few come, each is taken at once.
 *
 * <p>For one thread.
 */
public final class Cadence {
  private static final Duration WINDOW = Duration.ofMillis(50);
  private static final int MANY = 32;
  private static final Duration SPACE = Duration.ofMillis(10);

  private final LongSupplier nanoTime;
  private final Pause pause;
  private long roundBegun;
  private long windowBegun;
  private int inWindow;
  private int inWindowBefore;

  /** Waits; interruptible. */
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  /** Ten milliseconds between rounds once 32 items came in fifty. */
  public Cadence() {
    this(System::nanoTime, nanos -> Thread.sleep(Duration.ofNanos(nanos)));
  }

  Cadence(LongSupplier nanoTime, Pause pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.roundBegun = nanoTime.getAsLong() - SPACE.toNanos();
    this.windowBegun = roundBegun;
  }

  /** Before each round: returns when it may begin. */
  public void await() throws InterruptedException {
    long early = nanosEarly();
    if (early > 0) {
      pause.nanos(early);
    }
  }

  /** How long the next round has to wait, by who does not wait here; 0 if it may begin. */
  public long nanosEarly() {
    turnWindow();
    long early = SPACE.toNanos() - (nanoTime.getAsLong() - roundBegun);
    return Math.max(inWindow, inWindowBefore) >= MANY ? Math.max(0, early) : 0;
  }

  /** What a round found. */
  public void took(int items) {
    roundBegun = nanoTime.getAsLong();
    turnWindow();
    inWindow += items;
  }

  private void turnWindow() {
    long age = nanoTime.getAsLong() - windowBegun;
    if (age >= WINDOW.toNanos()) {
      inWindowBefore = age < 2 * WINDOW.toNanos() ? inWindow : 0;
      inWindow = 0;
      windowBegun += age;
    }
  }
}
