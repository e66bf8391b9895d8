package io.viking.syncer.pods.lifecycle;

import java.time.Duration;
import java.util.Optional;

/** How a write to the API server ended. */
public sealed interface ApiAnswer {
  record Done() implements ApiAnswer {}

  /** The object has changed since it was read (409 of a patch): look again. */
  record Stale() implements ApiAnswer {}

  /** The object is gone, or another has its name, or it does not take the write. */
  record OtherObject() implements ApiAnswer {}

  /** Not done, or not known to be. */
  record Failed(Optional<Duration> retryAfter) implements ApiAnswer {}
}
