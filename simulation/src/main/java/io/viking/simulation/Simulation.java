package io.viking.simulation;

import io.viking.simulation.fault.FaultKind;
import io.viking.simulation.process.Sabotage;
import io.viking.simulation.world.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scheduler and syncer of production, and the core of the simulated cloud, against a model of the
 * API server, in one thread and virtual time: users, faults and deaths as a seed decides. The same
 * seed and number of steps give the same run.
 */
public final class Simulation {
  private static final int TRACED = 120;

  private Simulation() {}

  /**
   * How a run went.
   *
   * @param steps that were made: messages that arrived, timers, decisions, acts of the cloud
   * @param virtual time that passed in it
   * @param faults how often each kind was met
   * @param digest equal for equal runs
   * @param breach empty: everything held
   */
  public record Outcome(
      long seed,
      long steps,
      long rounds,
      Duration virtual,
      Map<FaultKind, Long> faults,
      long digest,
      Optional<Breach> breach) {}

  /**
   * What broke.
   *
   * @param step at which it did
   * @param message what, and of which pod
   * @param trace the last events before, oldest first
   * @param cause of it
   */
  public record Breach(long step, String message, List<String> trace, Throwable cause) {}

  /** Plays at least so many steps, to the end of a round, or to the first thing that breaks. */
  public static Outcome run(long seed, long steps) {
    return run(seed, steps, Sabotage.NONE);
  }

  /** The same with a planted defect. */
  public static Outcome run(long seed, long steps, Sabotage sabotage) {
    var rounds = new Rounds(seed, sabotage, 0);
    Optional<Throwable> broken = play(rounds, steps);
    return new Outcome(
        seed,
        rounds.steps(),
        rounds.rounds(),
        Duration.ofMillis(rounds.virtualMillis()),
        rounds.faults(),
        rounds.digest(),
        broken.map(cause -> breach(seed, steps, sabotage, rounds.steps(), cause)));
  }

  /** The run again, now with its events remembered: it costs nothing as long as nothing breaks. */
  private static Breach breach(
      long seed, long steps, Sabotage sabotage, long step, Throwable cause) {
    var again = new Rounds(seed, sabotage, TRACED);
    Optional<Throwable> broken = play(again, steps);
    boolean isSame =
        again.steps() == step
            && broken.map(String::valueOf).equals(Optional.of(String.valueOf(cause)));
    return new Breach(
        step,
        String.valueOf(cause.getMessage()),
        isSame ? again.trace() : List.of("the run cannot be repeated: it is not deterministic"),
        cause);
  }

  private static Optional<Throwable> play(Rounds rounds, long steps) {
    try {
      rounds.play(steps);
      return Optional.empty();
    } catch (RuntimeException | AssertionError broken) {
      return Optional.of(broken);
    }
  }
}
