package io.viking.adapter.sim.core;

/** The kubelet's back-offs, in milliseconds. */
final class BackOff {
  private static final long FIRST = 10_000;
  private static final long LONGEST = 300_000;

  /** A container that ran for so long is forgiven its crashes. */
  static final long FORGIVEN_AFTER = 2 * LONGEST;

  private BackOff() {}

  /**
   * Before the restart that follows so many exits in a row: the first restart comes at once, then
   * 10 s, doubling to 5 min.
   */
  static long ofCrashes(int crashes) {
    return crashes <= 1 ? 0 : doubled(crashes - 2);
  }

  /** Before the next pull after so many failures: 10 s, doubling to 5 min. */
  static long ofPullFailures(int failures) {
    return doubled(failures - 1);
  }

  private static long doubled(int times) {
    return times >= 5 ? LONGEST : FIRST << times;
  }
}
