package io.viking.cli.alone;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.viking.cli.ExitCode;
import io.viking.cli.Version;
import io.viking.cli.logging.Logging;
import io.viking.cli.parts.Closing;
import io.viking.cli.parts.Explained;
import io.viking.cli.process.SteadyClock;
import io.viking.cli.process.UntilSignal;
import io.viking.cli.server.HttpEndpoint;
import io.viking.cli.server.ServerFile;
import io.viking.cli.server.Sight;
import io.viking.cli.server.StatusReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of one part: logs to standard error, answers over HTTP, ends at a signal. */
@SuppressWarnings(
    "deprecation") // Micrometer over the simpleclient is the stack; code sees MeterRegistry
final class PartProcess implements UntilSignal {
  private static final Logger log = LoggerFactory.getLogger(PartProcess.class);

  private final String name;
  private final Part part;
  private final ProcessFlags flags;
  private final Clock clock = SteadyClock.ofThisProcess();
  private final Instant begun = clock.instant();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Closing closing = new Closing();

  /** While the parts do not tell by themselves how it is; else empty. */
  private volatile String phase = "starting";

  /** What the process runs. All but {@link #start} may be called by any thread at any time. */
  interface Part {
    /**
     * Starts it; waits for what it needs. An interrupt ends the wait.
     *
     * @param closing gets all that must be closed, also if this fails half way
     */
    void start(MeterRegistry metrics, Clock clock, Closing closing)
        throws IOException, InterruptedException;

    /** What can be seen of it now. */
    Sight sight();

    /** See {@link io.viking.cli.parts.Loops#collectOrphans}. */
    default int collectOrphans() {
      return 0;
    }

    /** See {@link io.viking.cli.parts.Loops#explain}. */
    default Explained explain(String namespace, String pod) {
      return new Explained.NoAnswer("no scheduler runs in this process");
    }
  }

  private PartProcess(String name, Part part, ProcessFlags flags) {
    this.name = name;
    this.part = part;
    this.flags = flags;
  }

  /**
   * Returns when a signal has ended it.
   *
   * @param name for the log
   */
  static int run(String name, Part part, ProcessFlags flags) throws IOException {
    new PartProcess(name, part, flags).run();
    return ExitCode.OK;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    String token = UUID.randomUUID().toString();
    HttpEndpoint http =
        closing.add(
            "HTTP endpoint",
            HttpEndpoint.start(
                flags.httpAddress(),
                flags.httpPort(),
                token,
                metrics::scrape,
                this::report,
                part::collectOrphans,
                part::explain));
    flags
        .serverFile()
        .ifPresent(file -> ServerFile.ofThisProcess(http.address(), token).write(file));
    Logging.toStandardError(flags.logFormat());
    log.info("{} {} starts; health and metrics at {}", name, Version.viking(), http.address());
    part.start(metrics, clock, closing);
    phase = "";
    log.info("{} has started", name);
  }

  private StatusReport report() {
    Sight sight = part.sight();
    return new StatusReport(
        phase.isEmpty() ? StatusReport.Part.together(sight.parts()) : phase,
        ProcessHandle.current().pid(),
        begun.toString(),
        Version.viking(),
        "",
        "",
        "",
        "",
        sight.clusterId(),
        "",
        sight.adapter(),
        sight.parts(),
        sight.pods(),
        sight.instances(),
        0,
        0,
        sight.orphansHeld());
  }

  @Override
  public void stop() {
    phase = "stopping";
    log.info("{} stops", name);
    closing.close();
    metrics.close();
    Logging.close();
  }
}
