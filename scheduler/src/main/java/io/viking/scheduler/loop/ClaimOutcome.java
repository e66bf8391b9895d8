package io.viking.scheduler.loop;

import java.time.Duration;
import java.util.Optional;

/** What the API server made of a write to a claim or a volume. */
public sealed interface ClaimOutcome {
  record Written() implements ClaimOutcome {}

  /** It is gone, has changed, or may not be written: what is true comes with the cache. */
  record Refused(String message) implements ClaimOutcome {}

  /**
   * It may work later, and may even have worked.
   *
   * @param retryAfter what the server asked for
   */
  record Failed(String message, Optional<Duration> retryAfter) implements ClaimOutcome {}
}
