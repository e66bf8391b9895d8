package io.viking.scheduler.pod;

import java.util.List;
import java.util.Optional;

/**
 * A pod that has a zone, whoever chose it, and has not ended.
 *
 * @param zone where its instance really is, as far as its labels tell; else the Node that it is
 *     bound to
 * @param started its instance exists for sure, so that the cloud's own figures count it, and so
 *     does a strict spread
 * @param claims names of the PersistentVolumeClaims that it mounts
 * @param order what it takes; empty once it has started
 */
public record PlacedPod(
    String uid,
    String zone,
    boolean started,
    Crowd crowd,
    List<String> claims,
    Optional<Order> order) {
  public PlacedPod {
    claims = List.copyOf(claims);
  }

  /** The same, counted there. */
  public PlacedPod in(String where) {
    return where.equals(zone) ? this : new PlacedPod(uid, where, started, crowd, claims, order);
  }
}
