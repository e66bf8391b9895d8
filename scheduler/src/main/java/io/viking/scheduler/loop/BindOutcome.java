package io.viking.scheduler.loop;

import java.time.Duration;
import java.util.Optional;

/** What the API server made of a Binding. */
public sealed interface BindOutcome {
  /** The pod has its zone; the cache will show it. */
  record Bound() implements BindOutcome {}

  /** There is no such pod any more. */
  record Gone() implements BindOutcome {}

  /**
   * It is bound already, on its way out, gated, or another pod has its name: what is true comes
   * with the cache.
   */
  record Conflict() implements BindOutcome {}

  /**
   * It may work later, and may even have worked.
   *
   * @param retryAfter what the server asked for
   */
  record Failed(String message, Optional<Duration> retryAfter) implements BindOutcome {}
}
