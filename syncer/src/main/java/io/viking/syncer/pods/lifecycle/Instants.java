package io.viking.syncer.pods.lifecycle;

import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.Instance;
import java.time.Instant;
import java.util.Optional;

/** Times of the cloud. */
public final class Instants {
  private Instants() {}

  public static Instant of(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  public static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** When an instance was asked for; empty: the cloud does not say. */
  public static Optional<Instant> createdAt(Instance instance) {
    return instance.hasCreateTime() ? Optional.of(of(instance.getCreateTime())) : Optional.empty();
  }

  /** When an instance ended; never later than now, whatever the cloud's clock says. */
  static Instant endOf(Instance instance, Instant now) {
    if (!instance.hasEndTime()) {
      return now;
    }
    Instant at = of(instance.getEndTime());
    return at.isAfter(now) ? now : at;
  }
}
