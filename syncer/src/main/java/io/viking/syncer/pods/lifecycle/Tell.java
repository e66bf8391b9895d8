package io.viking.syncer.pods.lifecycle;

/** An event to record on the pod. */
public record Tell(boolean warning, String reason, String message) {
  public static Tell normal(String reason, String message) {
    return new Tell(false, reason, message);
  }

  public static Tell warning(String reason, String message) {
    return new Tell(true, reason, message);
  }
}
