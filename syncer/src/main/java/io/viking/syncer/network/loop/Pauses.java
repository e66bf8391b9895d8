package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.Consequence;
import java.time.Duration;

/** How long to wait after a failure, by what it means. Pure. */
final class Pauses {
  private final NetworkConfig config;

  Pauses(NetworkConfig config) {
    this.config = config;
  }

  /**
   * @param failures in a row, from 0
   * @param salt of whoever waits
   */
  Duration after(CloudFailure failure, int failures, String salt) {
    Duration own =
        needsHuman(failure)
            ? config.human().pause(failures, salt)
            : config.cloud().pause(failures, salt);
    return failure.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
  }

  /** Whether the user is told, since it does not pass by itself. */
  static boolean needsHuman(CloudFailure failure) {
    Consequence consequence = failure.consequence();
    return consequence == Consequence.TELL_AND_WAIT
        || consequence == Consequence.FINAL
        || consequence == Consequence.LOOK_AGAIN;
  }
}
