package io.viking.adapter.sim.core;

import com.google.protobuf.Timestamp;

/** Milliseconds of the epoch as protobuf has them. */
final class Times {
  private Times() {}

  static Timestamp timestamp(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1000L))
        .setNanos((int) Math.floorMod(millis, 1000L) * 1_000_000)
        .build();
  }
}
