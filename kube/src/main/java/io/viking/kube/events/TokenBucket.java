package io.viking.kube.events;

import java.time.Duration;
import java.time.Instant;

/** So many at once, then so many a second. Not thread-safe. */
final class TokenBucket {
  private final long nanosPerToken;
  private final long burst;

  /** When the bucket is, or was, full again. */
  private Instant full = Instant.MIN;

  TokenBucket(int perSecond, int burst) {
    this.nanosPerToken = Duration.ofSeconds(1).toNanos() / perSecond;
    this.burst = burst;
  }

  /** Takes a token, of the future if need be; gives the time until it may be used. */
  Duration take(Instant now) {
    Instant from = full.isAfter(now) ? full : now;
    full = from.plusNanos(nanosPerToken);
    Duration untilFull = Duration.between(now, full);
    Duration wait = untilFull.minusNanos(nanosPerToken * burst);
    return wait.isPositive() ? wait : Duration.ZERO;
  }
}
