package io.viking.kube.loop;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still while the one behind it is set back. Confined to one thread. */
final class MonotonicClock {
  private final InstantSource source;
  private Instant last = Instant.MIN;

  MonotonicClock(InstantSource source) {
    this.source = source;
  }

  Instant now() {
    Instant now = source.instant();
    if (now.isAfter(last)) {
      last = now;
    }
    return last;
  }
}
