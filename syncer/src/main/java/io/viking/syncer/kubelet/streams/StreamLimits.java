package io.viking.syncer.kubelet.streams;

import java.time.Duration;

/**
 * What bounds one upgraded connection.
 *
 * @param setup within this time all streams of a command, or of a pair, must be opened
 * @param stall a forwarded connection whose container takes nothing for so long is reset: it keeps
 *     its neighbours waiting
 * @param linger after the end, how long the caller has to hang up
 * @param streams open at once on one SPDY connection
 * @param headerBytes of one SPDY stream, unpacked
 * @param frameBytes of one WebSocket frame
 */
public record StreamLimits(
    Duration setup, Duration stall, Duration linger, int streams, int headerBytes, int frameBytes) {
  public static final StreamLimits DEFAULT =
      new StreamLimits(
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(30),
          2_000,
          16 * 1024,
          4 * 1024 * 1024);

  public StreamLimits {
    positive("setup", setup);
    positive("stall", stall);
    positive("linger", linger);
    positive("streams", streams);
    positive("headerBytes", headerBytes);
    positive("frameBytes", frameBytes);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be above 0, is " + value);
    }
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be above 0, is " + value);
    }
  }
}
