package io.viking.adapter.sim.network.serve;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers from 0 to 1 that lie as evenly as can be from the first on, a row for each name. So a
 * canary of 20 % gets one request of five, and not one of five in the long run. Of more rows than
 * are in use at once, those that were asked for least lately begin anew. Any thread.
 */
final class Turns {
  private static final double GOLDEN_RATIO = 0.618_033_988_749_894_8;

  private static final int MOST_ROWS = 10_000;

  private final LoadingCache<String, AtomicLong> rows =
      CacheBuilder.newBuilder()
          .maximumSize(MOST_ROWS)
          .build(CacheLoader.from(() -> new AtomicLong()));

  double next(String row) {
    return rows.getUnchecked(row).getAndIncrement() * GOLDEN_RATIO % 1;
  }
}
