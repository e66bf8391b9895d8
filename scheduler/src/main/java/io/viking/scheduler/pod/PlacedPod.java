package io.viking.scheduler.pod;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A pod that has a zone, whoever chose it, and has not ended.
 *
 * @param zone where its instance really is, as far as its labels tell; else the Node that it is
 *     bound to
 * @param started its instance exists for sure, so that the cloud's own figures count it, and so
 *     does a strict spread
 * @param claims names of the PersistentVolumeClaims that it mounts
 * @param refusal what the cloud said last to its create; nothing once it has started
 * @param order what it takes of the cloud; worked out when it is asked for, which for a pod that we
 *     placed and that goes well is never
 * @param ours what it is to the account's quotas; empty for a pod that another scheduler placed
 */
public record PlacedPod(
    String uid,
    String zone,
    boolean started,
    Crowd crowd,
    List<String> claims,
    Refusal refusal,
    Supplier<Order> order,
    Optional<Occupant> ours) {
  public PlacedPod {
    claims = List.copyOf(claims);
  }

  /** The same, counted there. */
  public PlacedPod in(String where) {
    return where.equals(zone)
        ? this
        : new PlacedPod(uid, where, started, crowd, claims, refusal, order, ours);
  }

  /** One that has started, and that another scheduler placed. */
  public static PlacedPod started(String uid, String zone, Crowd crowd, List<String> claims) {
    return started(uid, zone, crowd, claims, Optional.empty());
  }

  /** One that has started: it takes nothing more. */
  public static PlacedPod started(
      String uid, String zone, Crowd crowd, List<String> claims, Optional<Occupant> ours) {
    return new PlacedPod(
        uid,
        zone,
        true,
        crowd,
        claims,
        Refusal.NONE,
        () -> {
          throw new IllegalStateException("has started: " + uid);
        },
        ours);
  }
}
