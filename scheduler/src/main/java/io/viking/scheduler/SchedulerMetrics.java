package io.viking.scheduler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.viking.scheduler.loop.PendingCounts;
import io.viking.scheduler.loop.SchedulerObserver;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The scheduler's meters, named and cut as kube-scheduler's. */
final class SchedulerMetrics implements SchedulerObserver {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Map<Result, Counter> decisions = new EnumMap<>(Result.class);
  private volatile PendingCounts pending = PendingCounts.NONE;
  private volatile boolean ready;

  SchedulerMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Result result : Result.values()) {
      decisions.put(
          result,
          Counter.builder("viking_scheduler_decisions_total")
              .description("Pods that were bound, told that no zone takes them, or failed to bind.")
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    gauge("active", PendingCounts::active);
    gauge("backoff", PendingCounts::backoff);
    gauge("unschedulable", PendingCounts::unschedulable);
    gauge("gated", PendingCounts::gated);
  }

  /** Duration of a Binding call, by how it ended. */
  Timer bind(String result) {
    return Timer.builder("viking_scheduler_bind_duration_seconds")
        .description("Duration of Binding calls.")
        .tag("result", result)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  Timer.Sample startTimer() {
    return Timer.start(registry);
  }

  boolean isReady() {
    return ready;
  }

  @Override
  public void decided(Result result, int pods) {
    Counter counter = decisions.get(result);
    if (counter != null) {
      counter.increment(pods);
    }
  }

  @Override
  public void stepped(PendingCounts counts, boolean nowReady) {
    pending = counts;
    ready = nowReady;
  }

  private void gauge(String queue, ToIntFunction<PendingCounts> count) {
    Gauge.builder("viking_scheduler_pending_pods", this, self -> count.applyAsInt(self.pending))
        .description("Pods without a zone, by what they wait for.")
        .tag("queue", queue)
        .register(registry);
  }
}
