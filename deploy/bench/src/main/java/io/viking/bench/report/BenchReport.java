package io.viking.bench.report;

import io.viking.bench.process.ProcessUse;
import java.util.List;

/**
 * All that a benchmark has found.
 *
 * @param warmUp pods that storm and floor began with, unmeasured
 * @param processes over the whole run
 * @param notes what a reader must know to read the figures, one sentence each
 * @param troubles rounds that came to nothing, one sentence each
 */
public record BenchReport(
    Machine machine,
    int warmUp,
    List<Round> rounds,
    List<ProcessUse> processes,
    List<String> notes,
    List<String> troubles) {
  public BenchReport {
    rounds = List.copyOf(rounds);
    processes = List.copyOf(processes);
    notes = List.copyOf(notes);
    troubles = List.copyOf(troubles);
  }

  /** Whether every round was measured and no pod was lost. */
  public boolean isClean() {
    return troubles.isEmpty()
        && rounds.stream()
            .flatMap(round -> round.storms().stream())
            .allMatch(storm -> storm.lost().isEmpty());
  }
}
