package io.viking.chaos.plan;

/**
 * How much a run does.
 *
 * @param pods of a round, about
 * @param strikesPerAct strikes on the wires, beside the blows
 * @param replicas schedulers, and as many syncers, of which one of each leads
 */
public record Size(int rounds, int pods, int strikesPerAct, int replicas, Blows blows) {
  /** For every build: some minutes. */
  public static final Size CI = new Size(7, 70, 9, 2, new Blows(10, 8, 3, 4, 10, 4, 8, 3));

  /** For a night or a lunch break. */
  public static final Size LONG =
      new Size(40, 100, 12, 2, new Blows(40, 40, 12, 16, 40, 12, 40, 12));

  public Size {
    if (rounds < 1 || pods < 2 || strikesPerAct < 0 || replicas < 1) {
      throw new IllegalArgumentException(
          "a size needs at least one round, two pods and one replica, and no negative strikes: %d rounds, %d pods, %d replicas, %d strikes"
              .formatted(rounds, pods, replicas, strikesPerAct));
    }
  }

  public Size withRounds(int value) {
    return new Size(value, pods, strikesPerAct, replicas, blows);
  }

  public Size withPods(int value) {
    return new Size(rounds, value, strikesPerAct, replicas, blows);
  }

  public Size withKills(int value) {
    return new Size(rounds, pods, strikesPerAct, replicas, blows.withKills(value));
  }

  public Size withReplicas(int value) {
    return new Size(rounds, pods, strikesPerAct, value, blows);
  }
}
