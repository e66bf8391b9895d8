package io.viking.bench.watch;

import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Curve;
import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** What the times of many pods come to. */
public final class Arrivals {
  private Arrivals() {}

  /**
   * @param arrival when a pod had come where it was to go; empty: never, then it does not count
   * @param begun when the first call was made
   */
  public static Passage passage(
      List<PodTimes> pods, Function<PodTimes, OptionalLong> arrival, long begun, Cost cost) {
    List<Long> times = new ArrayList<>();
    pods.forEach(pod -> arrival.apply(pod).ifPresent(times::add));
    long last = times.isEmpty() ? begun : Collections.max(times);
    return new Passage(times.size(), Duration.ofNanos(last - begun), Curve.of(times, begun), cost);
  }

  /** From a pod's first event to that other; a pod that had come there when first seen took 0. */
  public static Percentiles percentiles(
      List<PodTimes> pods, Function<PodTimes, OptionalLong> arrival) {
    List<Long> waits = new ArrayList<>();
    pods.forEach(pod -> arrival.apply(pod).ifPresent(at -> waits.add(at - pod.seenAt())));
    return Percentiles.ofNanos(waits);
  }
}
