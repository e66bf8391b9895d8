package io.viking.kube.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of one cache, {@code viking_cache_…{resource=…}}. */
final class CacheMetrics {
  final Counter lists;
  final Counter breaks;
  final Counter unreadable;

  CacheMetrics(String resource, MeterRegistry registry, CacheContent<?> content) {
    this(resource, registry);
    Gauge.builder("viking_cache_objects", content, CacheContent::size)
        .description("Objects in the cache.")
        .tag("resource", resource)
        .register(registry);
  }

  /** Of what keeps no objects. */
  CacheMetrics(String resource, MeterRegistry registry) {
    this.lists = counter(registry, resource, "viking_cache_lists_total", "Full lists taken.");
    this.breaks =
        counter(
            registry,
            resource,
            "viking_cache_watch_breaks_total",
            "Lists and watches that failed, and watches that ended early.");
    this.unreadable =
        counter(
            registry,
            resource,
            "viking_cache_unreadable_objects_total",
            "States of objects that could not be decoded and were skipped.");
  }

  private static Counter counter(
      MeterRegistry registry, String resource, String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tag("resource", resource)
        .register(registry);
  }
}
