package io.viking.adapter.sim.limits;

import io.viking.adapter.sim.profile.RateLimit;
import io.viking.adapter.sim.state.BucketState;
import java.time.Duration;
import java.util.Optional;

/**
 * A token bucket in whole numbers (millionths of a token) whose time is given with each call and
 * never goes back. One thread.
 */
public final class TokenBucket {
  private static final long MICRO = 1_000_000;

  private final RateLimit limit;
  private long microTokens;
  private long filled;

  /** Full at that time, milliseconds. */
  public TokenBucket(RateLimit limit, long now) {
    this.limit = limit;
    this.microTokens = Math.max(0, limit.burst()) * MICRO;
    this.filled = now;
  }

  /** A bucket as {@link #save} left it, under a limit that may be another. */
  public static TokenBucket restore(RateLimit limit, BucketState state) {
    TokenBucket bucket = new TokenBucket(limit, state.getFilled());
    bucket.microTokens = Math.min(bucket.microTokens, state.getMicroTokens());
    return bucket;
  }

  public BucketState save() {
    // A bucket without a bound is full for whatever bound comes next.
    long tokens = limit.unlimited() ? Long.MAX_VALUE : microTokens;
    return BucketState.newBuilder().setMicroTokens(tokens).setFilled(filled).build();
  }

  /** Takes a token, or says how long it is until there is one. */
  public Optional<Duration> take(long now) {
    if (limit.unlimited()) {
      return Optional.empty();
    }
    fill(now);
    if (microTokens >= MICRO) {
      microTokens -= MICRO;
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofMillis(Math.ceilDiv((MICRO - microTokens) * 60, limit.perMinute() * 1000)));
  }

  private void fill(long now) {
    long elapsed = Math.max(0, now - filled);
    long full = limit.burst() * MICRO;
    // perMinute tokens a minute are perMinute * 1000 / 60 millionths a millisecond.
    long added = Math.min(elapsed, 86_400_000L) * limit.perMinute() * 1000 / 60;
    microTokens = Math.min(full, microTokens + added);
    filled = Math.max(filled, now);
  }
}
