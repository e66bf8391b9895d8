package io.viking.cli.server;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.viking.cli.CommandFailure;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectoryLock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole cluster in one process: the upstream control plane (as supervised child processes), the
 * simulated cloud, and the loops between them.
 *
 * <p>{@link #open} takes the data directory, {@link #start} brings everything up, {@link #close}
 * stops it in reverse order; the status can be asked from {@code open} on, by any thread.
 */
@SuppressWarnings(
    "deprecation") // Micrometer over the simpleclient is the stack; code sees MeterRegistry
public final class VikingServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VikingServer.class);

  private static final Duration LOOPS_WITHIN = Duration.ofSeconds(60);

  private final ServerOptions options;
  private final Clock clock;
  private final PrometheusMeterRegistry metrics;
  private final Closing closing;
  private final LiveStatus status;
  private final ControlPlane controlPlane;

  private VikingServer(
      ServerOptions options,
      Clock clock,
      PrometheusMeterRegistry metrics,
      Closing closing,
      LiveStatus status,
      ControlPlane controlPlane) {
    this.options = options;
    this.clock = clock;
    this.metrics = metrics;
    this.closing = closing;
    this.status = status;
    this.controlPlane = controlPlane;
  }

  /**
   * Takes the data directory and begins to answer for its state; nothing runs yet.
   *
   * @throws io.viking.controlplane.ControlPlaneException if the directory is in use or the options
   *     cannot be met
   * @throws CommandFailure if the HTTP port is taken
   */
  public static VikingServer open(ServerOptions options, Environment environment, Clock clock) {
    Instant begun = clock.instant();
    var closing = new Closing();
    try {
      DataDirectoryLock lock = closing.add("data directory", options.directory().acquire(clock));
      var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      ControlPlane controlPlane =
          closing.add(
              "control plane",
              ControlPlanes.open(
                  lock,
                  BinaryCache.resolve(environment),
                  options.controlPlane(),
                  environment,
                  clock));
      var status = new LiveStatus(options, begun, controlPlane);
      String token = UUID.randomUUID().toString();
      HttpEndpoint http =
          closing.add("HTTP endpoint", serve(options.httpPort(), token, metrics, status));
      new ServerFile(ProcessHandle.current().pid(), http.address(), token)
          .write(options.directory());
      return new VikingServer(options, clock, metrics, closing, status, controlPlane);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static HttpEndpoint serve(
      int port, String token, PrometheusMeterRegistry metrics, LiveStatus status) {
    try {
      return HttpEndpoint.start(
          port, token, metrics::scrape, status::report, status::collectOrphans);
    } catch (IOException e) {
      throw new CommandFailure(
          "port %d of 127.0.0.1 cannot be had (%s): name another --http-port, or none for any free one."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  /**
   * Brings everything up; called once.
   *
   * @return the status, which says "ready"
   * @throws io.viking.controlplane.ControlPlaneException if a part cannot be started; the caller
   *     closes the server
   */
  public StatusReport start(Progress progress) throws InterruptedException {
    // The API server takes seconds to start; the cloud and our own classes are there by then.
    CompletableFuture<Cloud> opening =
        CompletableFuture.supplyAsync(this::openCloud, Thread::startVirtualThread);
    Thread.startVirtualThread(() -> WarmUp.run(options.directory()));
    ApiServer server = controlPlane.start(progress);
    status.apiServer(server);
    progress.step("starting the simulated cloud and the loops");
    Cloud cloud = opened(opening);
    status.cloud(cloud);
    Loops loops = startLoops(server, cloud);
    status.loops(loops);
    loops.awaitReady(LOOPS_WITHIN);
    if (server.mode() == ControlPlaneMode.EXTERNAL) {
      loops.kubeletTrouble().ifPresent(progress::note);
    }
    status.started();
    log.info(
        "viking is ready; the API server is {}, the cluster {}",
        server.server(),
        loops.clusterId());
    return status.report();
  }

  private Loops startLoops(ApiServer server, Cloud cloud) throws InterruptedException {
    try {
      return Loops.start(server, cloud.channel(), metrics, clock, closing);
    } catch (IOException e) {
      throw new CommandFailure("the kubelet API cannot be served: " + e.getMessage() + ".", e);
    }
  }

  private Cloud openCloud() {
    return closing.add("cloud", Cloud.start(options, metrics, clock.instant()));
  }

  private static Cloud opened(CompletableFuture<Cloud> opening) throws InterruptedException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    }
  }

  /** What runs and how it is. */
  public StatusReport status() {
    return status.report();
  }

  /** Stops everything, the last that was started first. A second call does nothing. */
  @Override
  public void close() {
    status.stopping();
    closing.close();
    metrics.close();
  }
}
