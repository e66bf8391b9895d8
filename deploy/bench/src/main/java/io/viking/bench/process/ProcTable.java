package io.viking.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads memory and CPU time of processes as Linux shows them; elsewhere there is nothing. */
final class ProcTable {
  /** Linux counts in hundredths of a second, whatever its own ticks are. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private final Path root;

  /**
   * @param root {@code /proc}
   */
  ProcTable(Path root) {
    this.root = root;
  }

  /**
   * @param cpuSeconds since the process began
   */
  record Reading(double cpuSeconds, long rssBytes) {}

  /** Empty if there is no such process, or no such table. */
  Optional<Reading> read(long pid) {
    Path process = root.resolve(Long.toString(pid));
    try {
      return Optional.of(
          new Reading(
              cpu(Files.readString(process.resolve("stat"))),
              rss(Files.readString(process.resolve("status")))));
    } catch (IOException | IllegalArgumentException gone) {
      return Optional.empty();
    }
  }

  /** The name in brackets may hold spaces and brackets; what follows the last one is fields. */
  static double cpu(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
        / TICKS_PER_SECOND;
  }

  static long rss(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
