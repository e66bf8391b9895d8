package io.viking.syncer.pods;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.v1.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many instances there are in each zone and phase, and what they cost, as meters. One thread
 * tells it, any may read the meters.
 */
public final class InstanceTally {
  private static final String PREFIX = "INSTANCE_PHASE_";
  private static final double HOUR_IN_NANOS_PER_SECOND = 3600 / 1e9;

  private final MeterRegistry registry;
  private final Map<String, Standing> byUid = new HashMap<>();
  private final Map<Place, AtomicLong> instances = new HashMap<>();
  private final Map<String, AtomicLong> spending = new HashMap<>();

  private record Place(String zone, String phase) {}

  /**
   * @param nanosPerSecond 0 if it has ended
   */
  private record Standing(Place place, String currency, long nanosPerSecond) {}

  public InstanceTally(MeterRegistry registry) {
    this.registry = registry;
  }

  /** These are all that there are. */
  public synchronized void listed(List<Instance> all) {
    byUid.clear();
    instances.values().forEach(count -> count.set(0));
    spending.values().forEach(sum -> sum.set(0));
    all.forEach(this::changed);
  }

  public synchronized void changed(Instance instance) {
    Standing now = standing(instance);
    Standing before = byUid.put(instance.getUid(), now);
    if (!now.equals(before)) {
      add(before, -1);
      add(now, 1);
    }
  }

  public synchronized void deleted(Instance instance) {
    add(byUid.remove(instance.getUid()), -1);
  }

  private static Standing standing(Instance instance) {
    String phase = instance.getPhase().name();
    return new Standing(
        new Place(
            instance.getZone(),
            phase.startsWith(PREFIX)
                ? phase.substring(PREFIX.length()).toLowerCase(Locale.ROOT)
                : "running"),
        instance.getPrice().getCurrency(),
        instance.hasEndTime() ? 0 : instance.getPrice().getNanosPerSecond());
  }

  private void add(@Nullable Standing standing, int sign) {
    if (standing == null) {
      return;
    }
    instances.computeIfAbsent(standing.place(), this::countOf).addAndGet(sign);
    spending
        .computeIfAbsent(standing.currency(), this::sumOf)
        .addAndGet(sign * standing.nanosPerSecond());
  }

  private AtomicLong countOf(Place place) {
    AtomicLong count = new AtomicLong();
    Gauge.builder("viking_instances", count, AtomicLong::get)
        .description("Instances that exist, by zone and phase.")
        .tag("zone", place.zone())
        .tag("phase", place.phase())
        .register(registry);
    return count;
  }

  private AtomicLong sumOf(String currency) {
    AtomicLong sum = new AtomicLong();
    Gauge.builder("viking_spending_per_hour", sum, nanos -> nanos.get() * HOUR_IN_NANOS_PER_SECOND)
        .description("What the instances that live cost in an hour, in the currency's unit.")
        .tag("currency", currency)
        .register(registry);
    return sum;
  }
}
