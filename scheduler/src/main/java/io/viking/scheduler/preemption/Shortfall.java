package io.viking.scheduler.preemption;

import io.viking.scheduler.zone.Shelf;

/**
 * Equal pods that a quota keeps waiting, and what is there for them without disrupting anybody.
 *
 * @param milliVcpu that each of them would take
 * @param freeInstances left of the quota or coming free, what others wait for taken off; may be
 *     negative; {@link Shelf#UNBOUNDED}
 * @param freeMilliVcpu likewise
 */
record Shortfall(int pods, long milliVcpu, long freeInstances, long freeMilliVcpu) {
  /** How many of the pods there is room for once so much more is free. */
  long fit(long moreInstances, long moreMilliVcpu) {
    long fit = Math.min(pods, sum(freeInstances, moreInstances));
    if (milliVcpu > 0) {
      fit = Math.min(fit, Math.floorDiv(sum(freeMilliVcpu, moreMilliVcpu), milliVcpu));
    }
    return Math.max(0, fit);
  }

  private static long sum(long free, long more) {
    return free == Shelf.UNBOUNDED ? free : free + more;
  }
}
