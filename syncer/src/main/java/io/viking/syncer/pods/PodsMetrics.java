package io.viking.syncer.pods;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The meters of the pods' loop, and its latest numbers for other threads to read. */
public final class PodsMetrics implements PodsObserver {
  private static final List<String> STATES =
      List.of(
          "bound",
          "resolving",
          "creating",
          "retrying",
          "locating",
          "running",
          "evicting",
          "lost",
          "stopping",
          "ending",
          "removing",
          "suspect",
          "settled");

  /** Of instances whose create never failed. */
  private static final String NOT_HELD_UP = "none";

  private final MeterRegistry registry;
  private final Timer notHeldUp;
  private final Counter orphansFound;
  private final Counter orphansDeleted;
  private final Counter patchConflicts;
  private volatile PodCounts counts = PodCounts.NONE;

  public PodsMetrics(MeterRegistry registry) {
    this.registry = registry;
    // There from the start, so that rates have a beginning.
    this.notHeldUp = createDuration(NOT_HELD_UP);
    this.orphansFound =
        counter("viking_syncer_orphans_found_total", "Instances found without a pod.");
    this.orphansDeleted =
        counter("viking_syncer_orphans_deleted_total", "Instances deleted for want of a pod.");
    this.patchConflicts =
        counter(
            "viking_syncer_patch_conflicts_total",
            "Status writes that met a changed pod, another one, or none.");
    for (String state : STATES) {
      Gauge.builder("viking_syncer_pods", this, m -> m.counts.byState().getOrDefault(state, 0))
          .description("Pods by the state that the syncer has them in.")
          .tag("state", state)
          .register(registry);
    }
    gauge("viking_syncer_instances", "Instances that exist.", PodCounts::instances);
    gauge(
        "viking_syncer_orphans_held",
        "Instances without a pod, too many at once to be deleted unasked.",
        PodCounts::orphansHeld);
  }

  @Override
  public void instanceStarted(Duration sinceBound, Optional<ErrorReason> heldUpBy) {
    heldUpBy.map(reason -> createDuration(label(reason))).orElse(notHeldUp).record(sinceBound);
  }

  @Override
  public void cloudRetry(ErrorReason reason) {
    Counter.builder("viking_syncer_cloud_retries_total")
        .description("Failed creates and deletes, which are tried again, by reason.")
        .tag("reason", label(reason))
        .register(registry)
        .increment();
  }

  @Override
  public void orphanFound() {
    orphansFound.increment();
  }

  @Override
  public void orphanDeleted() {
    orphansDeleted.increment();
  }

  @Override
  public void patchConflict() {
    patchConflicts.increment();
  }

  @Override
  public void counted(PodCounts now) {
    counts = now;
  }

  /** The numbers after the latest step. */
  public PodCounts counts() {
    return counts;
  }

  private Timer createDuration(String reason) {
    return Timer.builder("viking_syncer_instance_create_duration_seconds")
        .description(
            "Time from the first sight of a bound pod until its instance runs, by what held it up.")
        .tag("reason", reason)
        .serviceLevelObjectives(
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2))
        .register(registry);
  }

  private static String label(ErrorReason reason) {
    return ErrorReasons.wireName(reason).toLowerCase(Locale.ROOT);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private void gauge(
      String name, String description, java.util.function.ToIntFunction<PodCounts> value) {
    Gauge.builder(name, this, m -> value.applyAsInt(m.counts))
        .description(description)
        .register(registry);
  }
}
