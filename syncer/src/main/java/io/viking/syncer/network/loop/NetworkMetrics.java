package io.viking.syncer.network.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The meters of the network's loop, and its latest numbers for other threads to read. */
public final class NetworkMetrics implements NetworkObserver {
  private final MeterRegistry registry;
  private final Counter endpointChanges;
  private final Timer delay;
  private volatile NetworkCounts counts = NetworkCounts.NONE;

  public NetworkMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.endpointChanges =
        Counter.builder("viking_syncer_endpoint_changes_total")
            .description("Changes of EndpointSlices that were heard of.")
            .register(registry);
    this.delay =
        Timer.builder("viking_syncer_endpoint_propagation_seconds")
            .description("Time from hearing of a change of endpoints until the cloud has taken it.")
            .serviceLevelObjectives(
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(registry);
    // From the beginning, so that there is a rate when the first one comes.
    for (ErrorReason reason : ErrorReason.values()) {
      retries(reason);
    }
    gauge(
        "viking_syncer_load_balancers", "Load balancers that are kept.", NetworkCounts::balancers);
    gauge(
        "viking_syncer_network_pending",
        "Load balancers and Services' records that are not in line yet.",
        NetworkCounts::pending);
    gauge(
        "viking_syncer_network_orphans_held",
        "Load balancers and Services' records without an object, too many at once to be deleted unasked.",
        NetworkCounts::orphansHeld);
  }

  @Override
  public void endpointsChanged() {
    endpointChanges.increment();
  }

  @Override
  public void propagated(Duration sinceChange) {
    delay.record(sinceChange);
  }

  @Override
  public void retry(ErrorReason reason) {
    retries(reason).increment();
  }

  private Counter retries(ErrorReason reason) {
    return Counter.builder("viking_syncer_network_retries_total")
        .description("Failed calls for load balancers and DNS, which are tried again, by reason.")
        .tag("reason", ErrorReasons.wireName(reason).toLowerCase(Locale.ROOT))
        .register(registry);
  }

  @Override
  public void counted(NetworkCounts now) {
    counts = now;
  }

  /** The numbers after the latest step. */
  public NetworkCounts counts() {
    return counts;
  }

  private void gauge(String name, String description, ToIntFunction<NetworkCounts> value) {
    Gauge.builder(name, this, metrics -> value.applyAsInt(metrics.counts))
        .description(description)
        .register(registry);
  }
}
