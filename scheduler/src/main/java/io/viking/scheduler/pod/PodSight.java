package io.viking.scheduler.pod;

/** What a pod is to the scheduler. */
public sealed interface PodSight {
  /** Waits for a zone. */
  record Waiting(PendingPod pod) implements PodSight {}

  /** Has a zone, and counts there. */
  record Placed(PlacedPod pod) implements PodSight {}

  /** Somebody else's, ended, or on its way out without ever having had a zone. */
  record Irrelevant(String uid) implements PodSight {}
}
