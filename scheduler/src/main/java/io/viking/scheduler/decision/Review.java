package io.viking.scheduler.decision;

import java.util.List;
import java.util.OptionalInt;

/**
 * How one more pod would be decided, filter by filter and score by score.
 *
 * @param whole what is asked before any zone is looked at
 * @param zones in the catalog's order; none if the cloud sells no type that holds the pod
 */
public record Review(Decision decision, List<Check> whole, List<ZoneReview> zones) {
  public Review {
    whole = List.copyOf(whole);
    zones = List.copyOf(zones);
  }

  /** With what is done about the reason for which it waits, if it would wait for the same. */
  public Review notedLike(Unplaced told) {
    return new Review(
        new Decision(decision.placements(), decision.rest().map(rest -> rest.notedLike(told))),
        whole,
        zones);
  }

  /**
   * What a filter or a rule between pods said.
   *
   * @param reject why not; empty if it passed
   */
  public record Check(String name, String reject) {}

  /**
   * What a score said.
   *
   * @param cost the lowest is the best
   * @param words the same for people
   */
  public record Mark(String name, long cost, String words) {}

  /**
   * @param checks in the order in which they are asked; the first reject is what counts
   * @param marks in the order in which they decide; empty if a filter rejects
   * @param rank 1 is where the pod would go; empty if it cannot go there now
   */
  public record ZoneReview(String zone, List<Check> checks, List<Mark> marks, OptionalInt rank) {
    public ZoneReview {
      checks = List.copyOf(checks);
      marks = List.copyOf(marks);
    }
  }
}
