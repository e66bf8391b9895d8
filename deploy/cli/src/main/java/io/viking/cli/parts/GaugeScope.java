package io.viking.cli.parts;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;

/**
 * Meters of something that ends before its process does and may be made again. Counters and timers
 * go on counting in the process' own registry; gauges are taken out of it at the end, since a
 * registry keeps the first object of a gauge's name and would show a dead one for ever.
 */
final class GaugeScope implements AutoCloseable {
  private final MeterRegistry process;
  private final CompositeMeterRegistry meters;

  GaugeScope(MeterRegistry process) {
    this.process = process;
    this.meters = new CompositeMeterRegistry(Clock.SYSTEM, List.of(process));
  }

  MeterRegistry meters() {
    return meters;
  }

  @Override
  public void close() {
    meters.getMeters().stream()
        .filter(Gauge.class::isInstance)
        .forEach(gauge -> process.remove(gauge.getId()));
    // Detached, not closed: that would close the process' registry, too.
    meters.remove(process);
  }
}
