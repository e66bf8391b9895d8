package io.viking.syncer.pods.lifecycle;

import java.time.Instant;
import java.util.Optional;

/** How far the writing of a pod's status is, beside what it is to say. */
sealed interface StatusWrite {
  /** Nothing was written lately. */
  record Quiet() implements StatusWrite {}

  /** Said, and accepted; until {@code echoUntil} the cache may show what was before. */
  record Said(StatusReport report, Instant echoUntil) implements StatusWrite {}

  /** It failed and is written again. */
  record Failed(Instant again, int failures) implements StatusWrite {}

  /** On its way. */
  record Sent(StatusReport report, int failures) implements StatusWrite {}

  default boolean hasSaid(StatusReport report) {
    return switch (this) {
      case Said(StatusReport said, _) -> said.equals(report);
      case Quiet _, Failed _, Sent _ -> false;
    };
  }

  /** Whether a report may be written now, if the pod does not say it yet. */
  default boolean allows(StatusReport report, Instant now) {
    return switch (this) {
      case Quiet() -> true;
      case Said(StatusReport said, Instant echoUntil) ->
          !said.equals(report) || !now.isBefore(echoUntil);
      case Failed(Instant again, _) -> !now.isBefore(again);
      // What is on its way is answered first; then it is seen what is still unsaid.
      case Sent _ -> false;
    };
  }

  /** When {@link #allows} may change by itself. */
  default Optional<Instant> opensAt() {
    return switch (this) {
      case Quiet _, Sent _ -> Optional.empty();
      case Said(_, Instant echoUntil) -> Optional.of(echoUntil);
      case Failed(Instant again, _) -> Optional.of(again);
    };
  }

  default int failures() {
    return switch (this) {
      case Quiet _, Said _ -> 0;
      case Failed(_, int failures) -> failures;
      case Sent(_, int failures) -> failures;
    };
  }
}
