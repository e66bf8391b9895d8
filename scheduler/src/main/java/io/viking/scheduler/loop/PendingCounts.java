package io.viking.scheduler.loop;

/**
 * Pods that wait, by what they wait for.
 *
 * @param active a decision, or their turn to be bound
 * @param backoff a failed bind's pause
 * @param unschedulable a change that helps them
 * @param gated their scheduling gates
 */
public record PendingCounts(int active, int backoff, int unschedulable, int gated) {
  public static final PendingCounts NONE = new PendingCounts(0, 0, 0, 0);
}
