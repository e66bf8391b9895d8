package io.viking.controlplane.process;

import java.time.Duration;

/** What to do when a supervised process has ended by itself. */
final class RestartPolicy {
  static final int MOST_FAILED_STARTS = 3;
  static final Duration FIRST_DELAY = Duration.ofMillis(500);
  static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /** A process that ran this long is not failing in a row. */
  static final Duration STEADY = Duration.ofMinutes(1);

  private static final int DOUBLINGS = 6;

  private RestartPolicy() {}

  /** What follows an exit. */
  sealed interface Verdict {
    /** Start it again after the delay. */
    record Again(Duration delay) implements Verdict {}

    /** It has never served: what it is told to do cannot work. */
    record GiveUp() implements Verdict {}
  }

  /**
   * @param everReady whether it served since its supervisor was made
   * @param failures how often in a row it ended before {@link #STEADY}, this time included
   */
  static Verdict afterExit(boolean everReady, int failures) {
    if (!everReady && failures >= MOST_FAILED_STARTS) {
      return new Verdict.GiveUp();
    }
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.clamp(failures - 1L, 0, DOUBLINGS));
    return new Verdict.Again(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
  }
}
