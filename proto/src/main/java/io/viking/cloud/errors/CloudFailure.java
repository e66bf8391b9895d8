package io.viking.cloud.errors;

import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A failed call, or a failed item of a batch.
 *
 * @param reason what loops act on; never UNSPECIFIED or UNRECOGNIZED (those become INTERNAL)
 * @param message for people: one sentence, no secrets; nobody acts on it
 * @param metadata for programs, with the keys that errors.proto names at the reason
 * @param retryAfter the earliest moment, from now, at which a repetition makes sense; empty: the
 *     caller's own back-off
 */
public record CloudFailure(
    ErrorReason reason,
    String message,
    Map<String, String> metadata,
    Optional<Duration> retryAfter) {

  public CloudFailure {
    reason = ErrorReasons.known(reason);
    metadata = Map.copyOf(metadata);
  }

  public static CloudFailure of(ErrorReason reason, String message) {
    return new CloudFailure(reason, message, Map.of(), Optional.empty());
  }

  /** The same failure with one more entry of metadata. */
  public CloudFailure with(String key, String value) {
    Map<String, String> more = new HashMap<>(metadata);
    more.put(key, value);
    return new CloudFailure(reason, message, more, retryAfter);
  }

  /** The same failure with the earliest moment for a repetition. */
  public CloudFailure retryingAfter(Duration pause) {
    return new CloudFailure(reason, message, metadata, Optional.of(pause));
  }

  public Consequence consequence() {
    return ErrorReasons.consequence(reason);
  }

  /** The reason's short name and the message: {@code OUT_OF_STOCK: no zone has 2-4Gi}. */
  @Override
  public String toString() {
    return ErrorReasons.wireName(reason) + ": " + message;
  }
}
