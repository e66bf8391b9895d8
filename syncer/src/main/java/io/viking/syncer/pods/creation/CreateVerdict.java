package io.viking.syncer.pods.creation;

import io.viking.cloud.errors.CloudFailure;
import java.util.Optional;

/** What a failed create means for its pod: the consequences of errors.proto, for this one call. */
public sealed interface CreateVerdict {
  /**
   * Make the very call again.
   *
   * @param unknown it may have had an effect
   */
  record Repeat(boolean unknown) implements CreateVerdict {}

  /** The rate limit was hit and nothing happened: the same call, as soon as the pace allows. */
  record Throttled() implements CreateVerdict {}

  /**
   * The attempt is used up.
   *
   * @param next the one that may be used; empty: the UID is done for ever
   */
  record Spent(Optional<Integer> next) implements CreateVerdict {}

  /** Nothing was made: tell the pod, pause, and ask anew. */
  record Refused(Pause pause, String conditionReason, String eventReason, String message)
      implements CreateVerdict {}

  /** The image cannot be had; told as the containers' waiting reason. */
  record NoImage(String message) implements CreateVerdict {}

  /** How long to wait before asking anew. */
  enum Pause {
    NO_STOCK,
    NEEDS_HUMAN,
    FINAL
  }

  static CreateVerdict of(CloudFailure failure) {
    String message = failure.message();
    return switch (failure.reason()) {
      case ERROR_REASON_OUT_OF_STOCK -> noStock("NoStock", message);
      case ERROR_REASON_ADDRESSES_EXHAUSTED -> noStock("ResourceInsufficient", message);
      case ERROR_REASON_SPOT_PRICE_TOO_LOW -> noStock("SpotPriceTooLow", message);
      case ERROR_REASON_QUOTA_EXCEEDED ->
          new Refused(Pause.NEEDS_HUMAN, "QuotaFull", "QuotaFull", message);
      case ERROR_REASON_ACCOUNT ->
          new Refused(Pause.NEEDS_HUMAN, "AccountRefused", "FailedCreate", message);
      case ERROR_REASON_INVALID_SPEC ->
          new Refused(Pause.FINAL, "InvalidSpec", "FailedCreate", message);
      case ERROR_REASON_UNSUPPORTED ->
          new Refused(Pause.FINAL, "Unsupported", "FailedCreate", message);
      case ERROR_REASON_FOREIGN -> new Refused(Pause.FINAL, "Foreign", "FailedCreate", message);
      case ERROR_REASON_IMAGE_NOT_FOUND, ERROR_REASON_IMAGE_UNAUTHORIZED -> new NoImage(message);
      case ERROR_REASON_THROTTLED -> new Throttled();
      case ERROR_REASON_ATTEMPT_SPENT -> new Spent(nextAttempt(failure));
      case ERROR_REASON_BUSY -> new Repeat(false);
      // A create fails for neither of the first two; whoever says so has not understood it.
      case ERROR_REASON_NOT_FOUND,
          ERROR_REASON_REVISION_TOO_OLD,
          ERROR_REASON_UNAVAILABLE,
          ERROR_REASON_INTERNAL,
          ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          new Repeat(true);
    };
  }

  private static Refused noStock(String reason, String message) {
    return new Refused(Pause.NO_STOCK, reason, reason, message);
  }

  private static Optional<Integer> nextAttempt(CloudFailure failure) {
    try {
      return Optional.ofNullable(failure.metadata().get("next_attempt"))
          .map(Integer::valueOf)
          .filter(next -> next > 1);
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
