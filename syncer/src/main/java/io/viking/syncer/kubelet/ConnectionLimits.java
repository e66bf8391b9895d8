package io.viking.syncer.kubelet;

import java.time.Duration;

/**
 * How long a connection may stand without anything happening on it.
 *
 * @param request a whole request must come within this time of the connection's begin or of the
 *     answer before
 * @param stall a caller who takes nothing for so long, while something waits for it, is cut off;
 *     long enough for somebody who reads a page of {@code kubectl exec … | less}
 * @param idle an upgraded connection without a byte in either direction for so long is closed; the
 *     kubelet's streamingConnectionIdleTimeout
 */
public record ConnectionLimits(Duration request, Duration stall, Duration idle) {
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(Duration.ofSeconds(90), Duration.ofMinutes(10), Duration.ofHours(4));

  public ConnectionLimits {
    positive("request", request);
    positive("stall", stall);
    positive("idle", idle);
  }

  /** The same with another limit of idleness. */
  public ConnectionLimits withIdle(Duration other) {
    return new ConnectionLimits(request, stall, other);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be above 0, is " + value);
    }
  }
}
