package io.viking.adapter.sim.network.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers from 0 to 1 that lie as evenly as can be from the first on, a row for each name. So a
 * canary of 20 % gets one request of five, and not one of five in the long run. Any thread.
 */
final class Turns {
  private static final double GOLDEN_RATIO = 0.618_033_988_749_894_8;

  private final Map<String, AtomicLong> rows = new ConcurrentHashMap<>();

  double next(String row) {
    return rows.computeIfAbsent(row, name -> new AtomicLong()).getAndIncrement() * GOLDEN_RATIO % 1;
  }
}
