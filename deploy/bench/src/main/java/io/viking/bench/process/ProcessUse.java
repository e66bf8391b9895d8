package io.viking.bench.process;

/**
 * What a process used in a stretch of time.
 *
 * @param cpuSeconds of all its threads, user and system
 * @param maxRssBytes the most memory that was seen, by samples of half a second
 * @param endRssBytes the memory at the end; 0 if it was gone
 */
public record ProcessUse(String name, double cpuSeconds, long maxRssBytes, long endRssBytes) {

  /** Both stretches of time together. */
  public ProcessUse and(ProcessUse later) {
    return new ProcessUse(
        name,
        cpuSeconds + later.cpuSeconds,
        Math.max(maxRssBytes, later.maxRssBytes),
        later.endRssBytes);
  }
}
