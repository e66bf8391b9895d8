package io.viking.syncer.kubelet.streams.terminated;

import io.viking.cloud.errors.CloudFailure;

/** Why a stream has failed, to the person who asked for it. Pure. */
final class CloudSentence {
  private CloudSentence() {}

  /**
   * @param gone what it means here that the cloud knows no such thing
   * @param notRunning what it means that it cannot be done now
   */
  static String of(CloudFailure failure, String gone, String notRunning) {
    return switch (failure.reason()) {
      case ERROR_REASON_NOT_FOUND -> gone;
      case ERROR_REASON_BUSY -> notRunning;
      case ERROR_REASON_UNSUPPORTED -> "this pool cannot do that: " + failure.message();
      case ERROR_REASON_UNAVAILABLE, ERROR_REASON_THROTTLED ->
          "the cloud does not answer now: " + failure.message();
      default -> failure.message();
    };
  }
}
