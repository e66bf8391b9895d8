package io.viking.cli.simulate;

import io.viking.simulation.Simulation;
import io.viking.simulation.fault.FaultKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the command says of its runs, and their sums. */
final class SimulationText {
  private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
  private long steps;

  /** One run; it counts in the total. */
  String line(Simulation.Outcome outcome) {
    steps += outcome.steps();
    outcome.faults().forEach((kind, times) -> faults.merge(kind, times, Long::sum));
    return String.format(
        Locale.ROOT,
        "seed %d: %,d steps, %,d rounds, %,d hours of virtual time, run %016x: %s",
        outcome.seed(),
        outcome.steps(),
        outcome.rounds(),
        outcome.virtual().toHours(),
        outcome.digest(),
        outcome.breach().isEmpty() ? "everything held" : "BROKEN; what went before it:");
  }

  /**
   * Of all runs.
   *
   * @param took by the clock
   * @param used of the one processor that it runs on
   */
  String total(Duration took, Duration used) {
    return String.format(
        Locale.ROOT,
        "%,d steps in %d s, %d s of them on the processor: %,d a minute of it%nmet: %s",
        steps,
        took.toSeconds(),
        used.toSeconds(),
        steps * 60_000 / Math.max(1, used.toMillis()),
        faults.entrySet().stream()
            .map(met -> String.format(Locale.ROOT, "%s %,d", met.getKey().words(), met.getValue()))
            .collect(Collectors.joining(", ")));
  }

  /** What broke, and how to see it again. */
  static String sentence(long seed, Simulation.Breach breach) {
    return "step %d of seed %d: %s; \"viking simulate --seed %d --steps %d\" plays it again."
        .formatted(breach.step(), seed, breach.message(), seed, Math.max(1, breach.step()));
  }
}
