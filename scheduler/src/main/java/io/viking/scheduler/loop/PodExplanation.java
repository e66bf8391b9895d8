package io.viking.scheduler.loop;

import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.decision.Review;
import io.viking.scheduler.decision.Unplaced;
import io.viking.scheduler.pod.PodRef;
import java.util.List;
import java.util.Optional;

/**
 * Why a pod is where it is, or nowhere. Plain values: it travels as JSON.
 *
 * @param state where the pod stands: one of {@link State}
 * @param zone that it is bound or assigned to; "" if none
 * @param message the state in words
 * @param now what would be decided now, with the pod's own place left out of all counts; "" for a
 *     pod that is not ours to decide
 * @param checks what is asked before any zone is looked at
 * @param zones in the catalog's order; none if nothing was asked about them
 */
public record PodExplanation(
    String namespace,
    String pod,
    State state,
    String zone,
    String message,
    String now,
    List<Review.Check> checks,
    List<Zone> zones) {

  /** Where a pod stands. */
  public enum State {
    /** Left to others: another scheduler's, ended, or on its way out without a zone. */
    NOT_OURS,
    GATED,
    WAITING,
    BACKING_OFF,
    ASSIGNED,
    BOUND,
    /** The scheduler has not heard of it yet, or does not decide yet. */
    UNKNOWN
  }

  /**
   * @param rank 1 is where the pod would go; 0: it cannot go there now
   */
  public record Zone(String zone, List<Review.Check> checks, List<Review.Mark> marks, int rank) {
    public Zone {
      checks = List.copyOf(checks);
      marks = List.copyOf(marks);
    }
  }

  public PodExplanation {
    checks = List.copyOf(checks);
    zones = List.copyOf(zones);
  }

  /** Of a pod that nothing is decided about. */
  public static PodExplanation plain(PodRef pod, State state, String message) {
    return new PodExplanation(
        pod.namespace(), pod.name(), state, "", message, "", List.of(), List.of());
  }

  static PodExplanation of(PodRef pod, State state, String zone, String message, Review review) {
    return new PodExplanation(
        pod.namespace(),
        pod.name(),
        state,
        zone,
        message,
        now(review),
        review.whole(),
        review.zones().stream()
            .map(seen -> new Zone(seen.zone(), seen.checks(), seen.marks(), seen.rank().orElse(0)))
            .toList());
  }

  private static String now(Review review) {
    Optional<Placement> placement = review.decision().placements().stream().findFirst();
    return placement
        .map(
            chosen ->
                "to %s, as %s".formatted(String.join(", else ", chosen.zones()), chosen.type()))
        .or(() -> review.decision().rest().map(Unplaced::message))
        .orElse("");
  }
}
