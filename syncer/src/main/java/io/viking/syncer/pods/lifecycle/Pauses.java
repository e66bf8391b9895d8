package io.viking.syncer.pods.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When something that failed is tried again. */
final class Pauses {
  private Pauses() {}

  /** After the back-off, and not before the other side said. */
  static Instant after(
      Backoff backoff, int failures, Optional<Duration> asked, PodRef ref, Instant now) {
    Duration own = backoff.pause(failures, ref.uid());
    return now.plus(asked.filter(longer -> longer.compareTo(own) > 0).orElse(own));
  }
}
