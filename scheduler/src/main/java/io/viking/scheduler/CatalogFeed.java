package io.viking.scheduler;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.client.CatalogFollower;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.scheduler.loop.SchedulerEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the core what comes of the catalog, and keeps in mind how old it is. */
final class CatalogFeed implements CatalogFollower.Listener {
  private final Consumer<SchedulerEvent> core;
  private final InstantSource clock;
  private volatile Optional<Instant> heard = Optional.empty();
  private volatile boolean interrupted;

  CatalogFeed(Consumer<SchedulerEvent> core, InstantSource clock, MeterRegistry meters) {
    this.core = core;
    this.clock = clock;
    Gauge.builder("viking_scheduler_catalog_age_seconds", this, CatalogFeed::ageSeconds)
        .description(
            "Time since the cloud last answered for its catalog; around a minute at most while it"
                + " does. NaN before the first.")
        .register(meters);
  }

  @Override
  public void changed(CatalogSnapshot catalog) {
    heard();
    core.accept(new SchedulerEvent.CatalogChanged(catalog));
  }

  @Override
  public void confirmed() {
    heard();
    core.accept(new SchedulerEvent.CatalogConfirmed());
  }

  @Override
  public void interrupted(RuntimeException cause) {
    interrupted = true;
    heard.ifPresent(at -> core.accept(new SchedulerEvent.CatalogInterrupted(at)));
  }

  /** When the cloud last answered, if it does not any more. */
  Optional<Instant> silentSince() {
    return interrupted ? heard : Optional.empty();
  }

  private void heard() {
    heard = Optional.of(clock.instant());
    interrupted = false;
  }

  private double ageSeconds() {
    return heard
        .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }
}
