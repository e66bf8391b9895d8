package io.viking.syncer.pods.lifecycle;

import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.Instance;
import java.time.Instant;

/** Times of the cloud. */
final class Instants {
  private Instants() {}

  /** When an instance ended; never later than now, whatever the cloud's clock says. */
  static Instant endOf(Instance instance, Instant now) {
    if (!instance.hasEndTime()) {
      return now;
    }
    Timestamp end = instance.getEndTime();
    Instant at = Instant.ofEpochSecond(end.getSeconds(), end.getNanos());
    return at.isAfter(now) ? now : at;
  }
}
