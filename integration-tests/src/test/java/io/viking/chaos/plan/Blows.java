package io.viking.chaos.plan;

import java.util.Arrays;

/**
 * How often processes and machines are struck over all rounds, beside what happens on the wires.
 *
 * @param kills {@code kill -9}
 * @param freezes {@code SIGSTOP}, {@code SIGCONT} later: past the life of a lease, mostly
 * @param restarts an orderly end and a new start
 * @param slowdowns of the API server
 * @param skews clocks of processes that are set
 * @param fullDisks disks that are full for a while
 * @param cuts connections to the adapter that end in the middle of a frame
 * @param rollouts of the syncers, with a number of shards that is dealt
 */
public record Blows(
    int kills,
    int freezes,
    int restarts,
    int slowdowns,
    int skews,
    int fullDisks,
    int cuts,
    int rollouts) {
  public Blows {
    int[] all = {kills, freezes, restarts, slowdowns, skews, fullDisks, cuts, rollouts};
    if (Arrays.stream(all).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "blows must not be negative: %d kills, %d freezes, %d restarts, %d slowdowns, %d skews, %d full disks, %d cuts, %d rollouts"
              .formatted(kills, freezes, restarts, slowdowns, skews, fullDisks, cuts, rollouts));
    }
  }

  public Blows withKills(int value) {
    return new Blows(value, freezes, restarts, slowdowns, skews, fullDisks, cuts, rollouts);
  }
}
