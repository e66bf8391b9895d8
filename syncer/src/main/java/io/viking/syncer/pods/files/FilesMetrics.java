package io.viking.syncer.pods.files;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of file updates. */
public final class FilesMetrics implements FilesObserver {
  private final MeterRegistry registry;
  private final Timer delay;
  private volatile int stale;

  public FilesMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.delay =
        Timer.builder("viking_syncer_file_update_delay_seconds")
            .description(
                "Time from hearing of a change of what is mounted until the instance has it.")
            .serviceLevelObjectives(
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1))
            .register(registry);
    Gauge.builder("viking_syncer_files_stale", this, metrics -> metrics.stale)
        .description("Instances that do not have a change of what they mount yet.")
        .register(registry);
  }

  @Override
  public void looked(String result) {
    Counter.builder("viking_syncer_file_updates_total")
        .description("Looks at the files of an instance, by what came of it.")
        .tag("result", result)
        .register(registry)
        .increment();
  }

  @Override
  public void delivered(Duration sinceChange) {
    delay.record(sinceChange);
  }

  @Override
  public void stale(int now) {
    stale = now;
  }
}
