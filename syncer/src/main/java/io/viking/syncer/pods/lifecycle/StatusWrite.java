package io.viking.syncer.pods.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the writing of a pod's status is, beside what it is to say.
 *
 * <p>A write is guarded by the resource version that it was made from ({@code from}). While the
 * cache still shows that version after an accepted write, it is old: it says nothing about the
 * write, and any other write made from it would be refused. So however late a busy API server's
 * watch is, nothing is written twice.
 */
sealed interface StatusWrite {
  /** Nothing was written lately. */
  record Quiet() implements StatusWrite {}

  /**
   * Said, and accepted.
   *
   * @param settled before that, the same is not said again: whoever takes it back each time is not
   *     fought at full speed
   * @param doubted from then on a cache that still shows {@code from} is not merely late: the write
   *     changed nothing
   */
  record Said(StatusReport report, String from, Instant settled, Instant doubted)
      implements StatusWrite {}

  /** It failed and is written again. */
  record Failed(Instant again, int failures) implements StatusWrite {}

  /** The pod was not the one that it was made from any more: made anew from the next state. */
  record Outdated(String from, Instant again, int failures) implements StatusWrite {}

  /** On its way. */
  record Sent(StatusReport report, String from, int failures) implements StatusWrite {}

  default boolean hasSaid(StatusReport report) {
    return switch (this) {
      case Said(StatusReport said, _, _, _) -> said.equals(report);
      case Quiet _, Failed _, Outdated _, Sent _ -> false;
    };
  }

  /**
   * Whether a report may be written now, if the pod does not say it yet.
   *
   * @param version of the pod as the cache shows it, if the write is to be guarded by it; else
   *     empty
   */
  default boolean allows(StatusReport report, String version, Instant now) {
    return switch (this) {
      case Quiet() -> true;
      case Said(StatusReport said, String from, Instant settled, Instant doubted) ->
          version.equals(from)
              ? !now.isBefore(doubted)
              : !said.equals(report) || !now.isBefore(settled);
      case Failed(Instant again, _) -> !now.isBefore(again);
      case Outdated(String from, Instant again, _) -> !version.equals(from) || !now.isBefore(again);
      // What is on its way is answered first; then it is seen what is still unsaid.
      case Sent _ -> false;
    };
  }

  /**
   * When {@link #allows} may change by itself.
   *
   * @param version as there
   */
  default Optional<Instant> opensAt(String version) {
    return switch (this) {
      case Quiet _, Sent _ -> Optional.empty();
      case Said(_, String from, Instant settled, Instant doubted) ->
          Optional.of(version.equals(from) ? doubted : settled);
      case Failed(Instant again, _) -> Optional.of(again);
      case Outdated(_, Instant again, _) -> Optional.of(again);
    };
  }

  default int failures() {
    return switch (this) {
      case Quiet _, Said _ -> 0;
      case Failed(_, int failures) -> failures;
      case Outdated(_, _, int failures) -> failures;
      case Sent(_, _, int failures) -> failures;
    };
  }
}
