package io.viking.adapter.sim.limits;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;

/** What the cloud says when a bound is reached. */
public final class Refusals {
  private Refusals() {}

  /** A quota of the account is used up. */
  public static CloudFailure overQuota(String quota, long limit) {
    return CloudFailure.of(
            ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
            "the account's quota of " + quota + ", " + limit + ", is used up")
        .with("quota", quota)
        .with("limit", Long.toString(limit));
  }

  /** A rate is used up for so long. */
  public static CloudFailure throttled(String call, Duration wait) {
    return CloudFailure.of(
            ErrorReason.ERROR_REASON_THROTTLED, "too many " + call + " calls: the rate is used up")
        .retryingAfter(wait);
  }
}
