package io.viking.syncer.pods.files;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import io.viking.syncer.pods.files.FilesEvent.Outcome;
import io.viking.syncer.pods.lifecycle.Tell;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What follows from the outcome of a look: each reason of the contract has one consequence. */
final class LookVerdict {
  private enum Consequence {
    /** The pace of all calls does the waiting. */
    GATE,
    /** Again soon: it is still being made. */
    BUSY,
    /** Again, patiently: the follower tells when the instance is gone. */
    DOUBT,
    /** Again, later each time. */
    AGAIN,
    /** Told; again when the content changes. */
    REFUSED,
    /** Told; never again for this instance. */
    NEVER
  }

  private LookVerdict() {}

  /** What is known of the pod then. */
  static MountedFiles after(MountedFiles files, Outcome outcome, Instant now, FilesConfig config) {
    return switch (outcome) {
      case Outcome.Current current -> files.current(current, now, config);
      case Outcome.Unread _ -> files.failed(config.cloud(), Optional.empty(), now);
      case Outcome.Refused(CloudFailure failure, var volumes) -> {
        MountedFiles doubtful = files.without(volumes);
        yield switch (consequence(failure.reason())) {
          case GATE -> doubtful.throttled(now);
          case BUSY -> doubtful.failed(config.busy(), failure.retryAfter(), now);
          case DOUBT -> doubtful.failed(config.missing(), failure.retryAfter(), now);
          case AGAIN -> doubtful.failed(config.cloud(), failure.retryAfter(), now);
          case REFUSED -> doubtful.refused(failure, now, config);
          case NEVER -> doubtful.gaveUp(failure);
        };
      }
    };
  }

  /** What the user should hear: each trouble once, until another takes its place. */
  static Optional<Tell> tell(MountedFiles files, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Current current ->
          current
              .missing()
              .filter(missing -> isNew(files, missing))
              .map(missing -> Tell.warning("FailedMount", missing));
      case Outcome.Refused(CloudFailure failure, var _)
          when isLasting(failure) && isNew(files, failure.message()) ->
          Optional.of(
              Tell.warning(
                  "FailedFileUpdate",
                  "The instance keeps the files that it has: " + failure.message()));
      case Outcome.Refused _, Outcome.Unread _ -> Optional.empty();
    };
  }

  /** For metrics. */
  static String label(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Current current ->
          current.missing().isPresent() ? "missing" : current.sent() ? "done" : "unchanged";
      case Outcome.Unread _ -> "unread";
      case Outcome.Refused(CloudFailure failure, var _) ->
          ErrorReasons.wireName(failure.reason()).toLowerCase(Locale.ROOT);
    };
  }

  /** The failure, if the cloud takes no calls for a while. */
  static Optional<CloudFailure> throttling(Outcome outcome) {
    return outcome instanceof Outcome.Refused(CloudFailure failure, var _)
            && consequence(failure.reason()) == Consequence.GATE
        ? Optional.of(failure)
        : Optional.empty();
  }

  private static boolean isLasting(CloudFailure failure) {
    Consequence consequence = consequence(failure.reason());
    return consequence == Consequence.REFUSED || consequence == Consequence.NEVER;
  }

  private static boolean isNew(MountedFiles files, String message) {
    return files.told().filter(message::equals).isEmpty();
  }

  private static Consequence consequence(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_THROTTLED -> Consequence.GATE;
      case ERROR_REASON_BUSY -> Consequence.BUSY;
      case ERROR_REASON_NOT_FOUND -> Consequence.DOUBT;
      case ERROR_REASON_INVALID_SPEC, ERROR_REASON_FOREIGN -> Consequence.REFUSED;
      case ERROR_REASON_UNSUPPORTED -> Consequence.NEVER;
      default -> Consequence.AGAIN;
    };
  }
}
