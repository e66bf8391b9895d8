package io.viking.adapter.sim.core;

import com.google.protobuf.Timestamp;

/** Milliseconds of the epoch as protobuf has them. */
public final class Times {
  private Times() {}

  public static Timestamp timestamp(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1000L))
        .setNanos((int) Math.floorMod(millis, 1000L) * 1_000_000)
        .build();
  }
}
