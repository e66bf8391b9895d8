package io.viking.cli.alone;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.adapter.sim.SimOptions;
import io.viking.cli.Version;
import io.viking.cli.parts.Closing;
import io.viking.cli.parts.SimCloud;
import io.viking.cli.server.Sight;
import io.viking.cli.server.StatusReport;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The simulated cloud as a process. */
final class SimPart implements PartProcess.Part {
  private final SimCloud.Listen place;
  private final Function<MeterRegistry, SimOptions> options;
  private final Instant begun = Clock.systemUTC().instant();
  private volatile Optional<SimCloud> cloud = Optional.empty();

  SimPart(SimCloud.Listen place, Function<MeterRegistry, SimOptions> options) {
    this.place = place;
    this.options = options;
  }

  @Override
  public void start(MeterRegistry metrics, Clock clock, Closing closing) {
    cloud =
        Optional.of(
            closing.add(
                "simulated cloud",
                SimCloud.start(options.apply(metrics).withClock(clock), List.of(place))));
  }

  @Override
  public Sight sight() {
    String at = cloud.map(served -> served.addresses().getFirst().toString()).orElse("");
    var part =
        new StatusReport.Part(
            "simulated-cloud",
            "cloud",
            at.isEmpty() ? "starting" : "ready",
            0,
            0,
            begun.toString(),
            Version.viking(),
            at.isEmpty() ? "" : "at " + at);
    return new Sight("", at, List.of(part), Map.of(), 0, 0);
  }
}
