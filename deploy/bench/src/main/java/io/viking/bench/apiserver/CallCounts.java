package io.viking.bench.apiserver;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each kind of call was made: since the API server's start, or within some time.
 *
 * @param refused of those that it counts, how many were answered with 4xx or 5xx
 */
public record CallCounts(Map<ApiCall, Double> calls, double refused) {
  public static final CallCounts NONE = new CallCounts(Map.of(), 0);

  public CallCounts {
    calls = Map.copyOf(calls);
  }

  /** What was added since. A server that was started again in between counts from nothing. */
  public CallCounts since(CallCounts before) {
    Map<ApiCall, Double> more = new TreeMap<>();
    calls.forEach(
        (call, count) -> {
          double added = count - before.calls.getOrDefault(call, 0.0);
          if (added > 0) {
            more.put(call, added);
          }
        });
    return new CallCounts(more, Math.max(0, refused - before.refused));
  }

  /**
   * Without what an idle cluster would have done in that time: leases, resyncs.
   *
   * @param idle what it did in {@code idleSeconds}
   */
  public CallCounts withoutIdle(CallCounts idle, double idleSeconds, double seconds) {
    Map<ApiCall, Double> rest = new TreeMap<>();
    calls.forEach(
        (call, count) -> {
          double left = count - idle.calls.getOrDefault(call, 0.0) / idleSeconds * seconds;
          if (left > 0) {
            rest.put(call, left);
          }
        });
    return new CallCounts(rest, refused);
  }

  public double writes() {
    return calls.entrySet().stream()
        .filter(entry -> entry.getKey().isWrite())
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /**
   * Calls for each pod, the most frequent first.
   *
   * @param least what is rarer is left out
   */
  public Map<ApiCall, Double> perPod(int pods, double least) {
    List<Map.Entry<ApiCall, Double>> sorted =
        calls.entrySet().stream()
            .filter(entry -> entry.getValue() / pods >= least)
            .sorted(
                Map.Entry.<ApiCall, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    Map<ApiCall, Double> result = new LinkedHashMap<>();
    sorted.forEach(entry -> result.put(entry.getKey(), entry.getValue() / pods));
    return result;
  }
}
