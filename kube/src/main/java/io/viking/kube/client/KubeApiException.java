package io.viking.kube.client;

import java.time.Duration;
import java.util.Optional;

/** A call that the API server refused, or that did not reach it. Loops act on the code alone. */
public final class KubeApiException extends RuntimeException {
  /**
   * No answer came: the connection failed or the deadline passed; the call may have had an effect.
   */
  public static final int NO_ANSWER = 0;

  private final int code;
  private final String reason;
  private final Optional<Duration> retryAfter;

  /**
   * @param code the HTTP status, or {@link #NO_ANSWER}
   * @param reason the Status' reason ("AlreadyExists"), or ""
   * @param message the Status' message; names the object
   */
  public KubeApiException(int code, String reason, String message, Optional<Duration> retryAfter) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  public KubeApiException(String message, Throwable cause) {
    super(message, cause);
    this.code = NO_ANSWER;
    this.reason = "";
    this.retryAfter = Optional.empty();
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /** What the server asked for with 429 or 503. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  public boolean isNotFound() {
    return code == 404;
  }

  public boolean isConflict() {
    return code == 409;
  }

  /** The request itself is wrong, or (for a patch with a UID) meant another object. */
  public boolean isInvalid() {
    return code == 422 || code == 400;
  }

  /** The same call may succeed later: no answer, too many requests, a timeout, a server's error. */
  public boolean isRetriable() {
    return code == NO_ANSWER || code == 408 || code == 429 || code >= 500;
  }
}
