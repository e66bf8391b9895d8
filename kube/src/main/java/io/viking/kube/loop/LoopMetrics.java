package io.viking.kube.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of one loop, {@code viking_loop_…{loop=…}}. */
final class LoopMetrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10)
  };

  private final String loop;
  private final MeterRegistry registry;
  final Counter events;
  final Timer steps;
  final Counter failedSteps;
  final Counter crashedEffects;

  LoopMetrics(String loop, MeterRegistry registry) {
    this.loop = loop;
    this.registry = registry;
    this.events =
        counter("viking_loop_events_total", "Events that the loop has been stepped with.");
    this.failedSteps =
        counter("viking_loop_failed_steps_total", "Steps that threw, which is a defect.");
    this.crashedEffects =
        counter("viking_loop_crashed_effects_total", "Effects that threw, which is a defect.");
    this.steps =
        Timer.builder("viking_loop_step_duration_seconds")
            .description("Time to decide on one batch of events.")
            .tag("loop", loop)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  void watch(Inbox<?> inbox) {
    Gauge.builder("viking_loop_queue_length", inbox, Inbox::size)
        .description("Events that wait for the next step.")
        .tag("loop", loop)
        .register(registry);
  }

  void watch(Lane lane, LaneQueue<?> queue) {
    Gauge.builder("viking_loop_effects_waiting", queue, LaneQueue::waiting)
        .description("Effects that wait for room in their lane.")
        .tags("loop", loop, "lane", lane.name())
        .register(registry);
    Gauge.builder("viking_loop_effects_running", queue, LaneQueue::running)
        .description("Effects in flight.")
        .tags("loop", loop, "lane", lane.name())
        .register(registry);
  }

  Timer effects(Lane lane) {
    return Timer.builder("viking_loop_effect_duration_seconds")
        .description("Time that an effect ran, without its wait.")
        .tags("loop", loop, "lane", lane.name())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).tag("loop", loop).register(registry);
  }
}
