package io.viking.syncer.pods.lifecycle;

import java.time.Duration;

/**
 * Pauses between repetitions: doubled from {@code first} up to {@code longest}, each spread over
 * the quarter above it so that what failed together does not come back together.
 */
public record Backoff(Duration first, Duration longest) {
  public Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off from "
              + first
              + " to "
              + longest
              + ": the first pause must be above 0 and the longest not below it");
    }
  }

  /**
   * @param failures so far, from 0
   * @param salt anything stable of its own, so that the spread needs no randomness
   */
  public Duration pause(int failures, String salt) {
    int doublings = Math.min(failures, 30);
    long plain = Math.min(first.toMillis() << doublings, longest.toMillis());
    // A shift beyond the sign bit: certainly the longest.
    plain = plain <= 0 ? longest.toMillis() : plain;
    long spread = Math.floorMod(31L * salt.hashCode() + 7919L * failures, 256L);
    return Duration.ofMillis(plain + plain * spread / 1024);
  }
}
