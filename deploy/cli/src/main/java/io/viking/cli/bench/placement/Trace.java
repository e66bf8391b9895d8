package io.viking.cli.bench.placement;

import java.util.Comparator;
import java.util.List;

/**
 * What users do to a cluster: when pods of a workload come and go. Pods of a workload have one
 * size.
 *
 * @param lines in the order of time
 */
record Trace(List<Line> lines) {
  /**
   * @param second since the beginning
   * @param pods that come; less than 0: that go
   */
  record Line(long second, String workload, int pods, PodSize size) {}

  Trace {
    lines = lines.stream().sorted(Comparator.comparingLong(Line::second)).toList();
  }

  /** When the last thing happens; 0 if nothing does. */
  long end() {
    return lines.isEmpty() ? 0 : lines.getLast().second();
  }

  long workloads() {
    return lines.stream().map(Line::workload).distinct().count();
  }

  /** That come, over the whole time. */
  long pods() {
    return lines.stream().mapToLong(line -> Math.max(0, line.pods())).sum();
  }
}
