package io.viking.cli.heap;

/**
 * How far an old generation may grow before it is looked through for what is dead. Pure.
 *
 * @param percent of what was alive at the last time
 * @param leastBytes that it may grow by, however little was alive
 */
record HeapRoom(int percent, long leastBytes) {
  private static final long MEBIBYTE = 1 << 20;

  /** A storm of ten thousand pods leaves 300 MiB behind: it pays for some five collections. */
  static final HeapRoom DEFAULT = new HeapRoom(40, 64 * MEBIBYTE);

  /** Above it the collector comes by itself, before anybody is told. */
  private static final int MOST_PERCENT = 85;

  HeapRoom {
    if (percent < 1 || leastBytes < 1) {
      throw new IllegalArgumentException(
          "percent and leastBytes must be at least 1, are %d and %d"
              .formatted(percent, leastBytes));
    }
  }

  /**
   * The size at which the next collection is due.
   *
   * @param aliveBytes after the last one; 0 before the first
   * @param mostBytes what the generation can hold at most; negative: not known
   */
  long limit(long aliveBytes, long mostBytes) {
    long limit = aliveBytes + Math.max(leastBytes, aliveBytes / 100 * percent);
    return mostBytes < 0 ? limit : Math.min(limit, mostBytes / 100 * MOST_PERCENT);
  }
}
