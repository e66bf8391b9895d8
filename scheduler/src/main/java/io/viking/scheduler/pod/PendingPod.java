package io.viking.scheduler.pod;

import io.viking.kube.profile.Additions;
import java.time.Instant;
import java.util.Optional;

/**
 * A pod of ours that has no zone yet.
 *
 * @param resourceVersion for a write that must not meet a newer one
 * @param generation of its spec, for the condition's {@code observedGeneration}; 0 = unknown
 * @param gated has scheduling gates, and is left alone until they are gone
 * @param told what its PodScheduled condition says now
 * @param additions of the cluster's profile, which are put on it with its zone
 */
public record PendingPod(
    PodRef ref,
    String resourceVersion,
    PodShape shape,
    Instant created,
    long generation,
    boolean gated,
    Told told,
    Additions additions) {

  /**
   * A PodScheduled condition that is False.
   *
   * @param present whether there is one, whatever its reason
   * @param message of one with reason Unschedulable
   */
  public record Told(boolean present, Optional<String> message) {
    public static final Told NOTHING = new Told(false, Optional.empty());
  }

  public String uid() {
    return ref.uid();
  }
}
