package io.viking.bench.watch;

/**
 * How many pods of a storm have been seen so far, and how far they got.
 *
 * @param seen all that were ever seen
 * @param bound that have, or had, a node
 * @param running that are, or were, Running
 * @param ready likewise Ready
 * @param lost that failed, or were gone before anybody asked for their deletion
 * @param gone that are deleted
 */
public record Census(int seen, int bound, int running, int ready, int lost, int gone) {
  public static final Census NOBODY = new Census(0, 0, 0, 0, 0, 0);

  /** Where so many pods are: what a person is told of a storm that stands still. */
  public String where(int pods) {
    return "%d of %d pods are Running; %d were not created, %d have no node, %d have a node and do not run, %d are lost"
        .formatted(
            running,
            pods,
            Math.max(0, pods - seen),
            seen - bound,
            Math.max(0, bound - running),
            lost);
  }
}
