package io.viking.cli.up;

import io.viking.cli.ExitCode;
import io.viking.cli.heap.HeapGovernor;
import io.viking.cli.logging.LogFormat;
import io.viking.cli.logging.Logging;
import io.viking.cli.output.ConsoleProgress;
import io.viking.cli.process.SteadyClock;
import io.viking.cli.process.UntilSignal;
import io.viking.cli.server.ServerOptions;
import io.viking.cli.server.StatusReport;
import io.viking.cli.server.VikingServer;
import io.viking.controlplane.Environment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs the server in this process until a signal ends it. */
final class Foreground {
  private final ServerOptions options;
  private final Ready ready;
  private final LogFormat logFormat;
  private final boolean verbose;
  private final boolean background;
  private final Clock clock = SteadyClock.ofThisProcess();

  /**
   * @param background whether {@code --detach} started this process, which announces then
   */
  Foreground(
      ServerOptions options,
      Ready ready,
      LogFormat logFormat,
      boolean verbose,
      boolean background) {
    this.options = options;
    this.ready = ready;
    this.logFormat = logFormat;
    this.verbose = verbose;
    this.background = background;
  }

  /** Returns when everything has been stopped. */
  int run() throws IOException {
    return new Running().run() ? ExitCode.OK : ExitCode.INTERRUPTED;
  }

  private final class Running implements UntilSignal {
    private final ConsoleProgress progress =
        new ConsoleProgress(System.err, Boolean.getBoolean("viking.terminal"), clock);
    private Optional<VikingServer> server = Optional.empty();
    private Optional<HeapGovernor> heap = Optional.empty();

    @Override
    public void start() throws IOException, InterruptedException {
      VikingServer opened = VikingServer.open(options, Environment.system(), clock);
      server = Optional.of(opened);
      // Not before the directory is known to be ours: the log lies in it.
      Logging.configure(logFormat, options.directory().log("viking"), verbose);
      heap = HeapGovernor.start();
      StatusReport status = opened.start(progress);
      progress.done();
      if (!background) {
        ready.announce(status, Optional.of(sinceStart()), true);
      }
    }

    @Override
    public void stop() {
      if (server.isPresent()) {
        progress.step("stopping");
        server.get().close();
        heap.ifPresent(HeapGovernor::close);
        progress.done();
        Logging.close();
      }
    }
  }

  private Duration sinceStart() {
    return Duration.between(
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), clock.instant());
  }
}
