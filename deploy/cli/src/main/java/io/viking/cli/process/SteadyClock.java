package io.viking.cli.process;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The clock of a process: the machine's, but it never goes back and never stands still, so that no
 * back-off, lease or timestamp suffers when somebody sets the machine's. Set forward it follows at
 * once. Set back it goes on at half its pace, until the machine's has caught up: a wait is then
 * twice as long at most, and not as long as the clock was set back.
 *
 * <p>Safe for all threads.
 */
public final class SteadyClock extends Clock {
  private final InstantSource machine;
  private final LongSupplier nanoTime;

  /** Guarded by this. */
  private Instant last;

  private long lastNanos;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  SteadyClock(InstantSource machine, LongSupplier nanoTime) {
    this.machine = machine;
    this.nanoTime = nanoTime;
    this.last = machine.instant();
    this.lastNanos = nanoTime.getAsLong();
  }

  /** To be made once in a process and handed on. */
  public static Clock ofThisProcess() {
    InstantSource machine =
        SkewedClock.ofThisProcess()
            .<InstantSource>map(skewed -> skewed)
            .orElseGet(Clock::systemUTC);
    return new SteadyClock(machine, System::nanoTime);
  }

  @Override
  public synchronized Instant instant() {
    long nanos = nanoTime.getAsLong();
    Instant least = last.plusNanos((nanos - lastNanos) / 2);
    Instant present = machine.instant();
    last = present.isAfter(least) ? present : least;
    lastNanos = nanos;
    return last;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC)
        ? this
        : new Clock() {
          @Override
          public Instant instant() {
            return SteadyClock.this.instant();
          }

          @Override
          public ZoneId getZone() {
            return zone;
          }

          @Override
          public Clock withZone(ZoneId other) {
            return SteadyClock.this.withZone(other);
          }
        };
  }
}
