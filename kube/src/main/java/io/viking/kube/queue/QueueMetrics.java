package io.viking.kube.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of one queue, named and meant as client-go's. */
final class QueueMetrics {
  final Counter adds;
  final Counter retries;
  final Timer latency;
  final Timer work;

  QueueMetrics(String name, MeterRegistry registry, WorkQueue<?> queue) {
    this.adds =
        Counter.builder("viking_workqueue_adds_total")
            .description("Items added; one that waits already is not counted.")
            .tag("name", name)
            .register(registry);
    this.retries =
        Counter.builder("viking_workqueue_retries_total")
            .description("Items added again with a back-off.")
            .tag("name", name)
            .register(registry);
    this.latency =
        Timer.builder("viking_workqueue_queue_duration_seconds")
            .description("Time that an item waited before it was worked on.")
            .tag("name", name)
            .register(registry);
    this.work =
        Timer.builder("viking_workqueue_work_duration_seconds")
            .description("Time that an item was worked on.")
            .tag("name", name)
            .register(registry);
    Gauge.builder("viking_workqueue_depth", queue, WorkQueue::depth)
        .description("Items that wait.")
        .tag("name", name)
        .register(registry);
    Gauge.builder("viking_workqueue_working", queue, WorkQueue::working)
        .description("Items that are worked on.")
        .tag("name", name)
        .register(registry);
  }
}
