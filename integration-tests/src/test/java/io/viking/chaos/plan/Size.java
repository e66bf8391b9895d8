package io.viking.chaos.plan;

/**
 * How much a run does.
 *
 * @param pods of a round, about
 * @param strikesPerAct strikes on the wire, beside kills and freezes
 * @param kills over all rounds
 * @param freezes over all rounds
 */
public record Size(int rounds, int pods, int strikesPerAct, int kills, int freezes) {
  /** For every build: some minutes. */
  public static final Size CI = new Size(7, 80, 6, 5, 4);

  /** For a night or a lunch break. */
  public static final Size LONG = new Size(40, 200, 8, 30, 30);

  public Size {
    if (rounds < 1 || pods < 2 || strikesPerAct < 0 || kills < 0 || freezes < 0) {
      throw new IllegalArgumentException(
          "a size needs at least one round and two pods, and nothing negative: %d rounds, %d pods, %d strikes, %d kills, %d freezes"
              .formatted(rounds, pods, strikesPerAct, kills, freezes));
    }
  }

  public Size withRounds(int value) {
    return new Size(value, pods, strikesPerAct, kills, freezes);
  }

  public Size withPods(int value) {
    return new Size(rounds, value, strikesPerAct, kills, freezes);
  }

  public Size withKills(int value) {
    return new Size(rounds, pods, strikesPerAct, value, freezes);
  }
}
