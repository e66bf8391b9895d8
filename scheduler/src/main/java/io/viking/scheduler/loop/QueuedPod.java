package io.viking.scheduler.loop;

import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.pod.PendingPod;
import java.time.Instant;
import java.util.Optional;

/** A pod that the cache does not show with a zone, and how far it has come. */
final class QueuedPod {
  /** Every pod is in one of these. */
  enum State {
    /** Left alone. */
    GATED,
    /** In its group's line. */
    WAITING,
    /** Its bind failed; a timer brings it back to its line. */
    BACKING_OFF,
    /** Counts in a zone; its bind waits for its turn or is in flight. */
    ASSUMED,
    /** The API server has taken the bind; the cache is about to show it. */
    BOUND,
    /** Not in the queue any more; who still holds it lets go. */
    LEFT
  }

  final long arrival;
  PendingPod pod;
  PodGroup group;
  State state = State.LEFT;

  /** Set while assumed or bound. */
  Optional<Placement> placement = Optional.empty();

  /** Of its place in the line of binds; an older one is out of date. */
  long ticket;

  /** Binds that failed in a row. */
  int failures;

  Instant retryAt = Instant.MIN;

  /** What its condition says, as far as we know; "" = nothing of ours. */
  String told;

  /** What its condition is to say. */
  String toTell = "";

  boolean conditionPresent;

  /** What its last event FailedScheduling said of its group's wait; "" = there was none of ours. */
  String warned = "";

  /** A Report is in flight. No bind may be: the older write could land last. */
  boolean reporting;

  /** A Report came too late for the version that we have of the pod; a newer one is on its way. */
  boolean outdated;

  QueuedPod(PendingPod pod, PodGroup group, long arrival) {
    this.pod = pod;
    this.group = group;
    this.arrival = arrival;
    this.told = pod.told().message().orElse("");
    this.conditionPresent = pod.told().present();
  }

  String uid() {
    return pod.uid();
  }
}
