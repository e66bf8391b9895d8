package io.viking.adapter.sim.core;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;

/** Why the cloud says no, other than for want of room (see {@link Placement}). */
final class Refusals {
  private Refusals() {}

  static CloudFailure overQuota(String quota, long limit) {
    return CloudFailure.of(
            ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
            "the account's quota of " + quota + ", " + limit + ", is used up")
        .with("quota", quota)
        .with("limit", Long.toString(limit));
  }

  static CloudFailure throttled(String call, Duration wait) {
    return CloudFailure.of(
            ErrorReason.ERROR_REASON_THROTTLED, "too many " + call + " calls: the rate is used up")
        .retryingAfter(wait);
  }

  static CloudFailure spent(int attempt) {
    CloudFailure failure =
        CloudFailure.of(
            ErrorReason.ERROR_REASON_ATTEMPT_SPENT,
            "attempts up to " + attempt + " of this pod have had their instance or are fenced");
    return attempt == Integer.MAX_VALUE
        ? failure
        : failure.with("next_attempt", Integer.toString(attempt + 1));
  }
}
