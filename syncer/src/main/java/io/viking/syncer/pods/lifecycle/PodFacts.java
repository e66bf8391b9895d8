package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import java.util.Optional;

/**
 * What is known of one pod, from both sides. Observations only; intentions are in {@link PodState}.
 *
 * @param pod the object as last seen; empty if it is gone or was never seen
 * @param deleted the object was seen and is gone; a UID never comes back
 * @param witnessed the API server itself told that it was deleted
 * @param goal what the object says is wanted: read off it once, asked for at every decision
 * @param hostIp the zone node's address
 */
public record PodFacts(
    PodRef ref,
    Optional<V1Pod> pod,
    boolean deleted,
    boolean witnessed,
    Goal goal,
    String hostIp,
    CloudSide cloud) {

  /** Before anything is known. */
  public static PodFacts unknown(PodRef ref) {
    return new PodFacts(ref, Optional.empty(), false, false, Goal.ORPHAN, "", CloudSide.NOTHING);
  }

  PodFacts seen(V1Pod object, boolean isOurs, String address) {
    return new PodFacts(
        PodObject.ref(object),
        Optional.of(object),
        false,
        false,
        goalOf(object, isOurs),
        address,
        cloud);
  }

  /** The object is gone. */
  PodFacts withoutPod(boolean isWitnessed) {
    return new PodFacts(ref, Optional.empty(), true, isWitnessed, Goal.ORPHAN, hostIp, cloud);
  }

  /** What is known of the object is too old to go by. */
  PodFacts forgettingPod() {
    return new PodFacts(ref, Optional.empty(), false, false, Goal.ORPHAN, hostIp, cloud);
  }

  PodFacts with(CloudSide newCloud) {
    return new PodFacts(ref, pod, deleted, witnessed, goal, hostIp, newCloud);
  }

  /**
   * Whether the pod ever was Running, as anybody may have seen: then there is no second attempt.
   */
  boolean hasRun() {
    return cloud.ran() || pod.filter(PodObject::hasRun).isPresent();
  }

  /** What the pod is told when the cloud will not give it an instance. */
  Trouble notCreated(String reason, String message) {
    return pod.filter(PodObject::failsFast).isPresent()
        ? new Trouble.Fatal(reason, message)
        : new Trouble.NotCreated(reason, message);
  }

  private static Goal goalOf(V1Pod object, boolean isOurs) {
    if (!isOurs || PodObject.isMirror(object)) {
      return Goal.LEAVE;
    }
    if (PodObject.isDeleting(object)) {
      return Goal.STOP;
    }
    if (PodObject.isTerminal(object)) {
      return Goal.FINISH;
    }
    return PodObject.isDaemon(object) ? Goal.LEAVE : Goal.RUN;
  }
}
