package io.viking.cli.server;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.viking.cli.CommandFailure;
import io.viking.cli.door.Door;
import io.viking.cli.metrics.MetricsStart;
import io.viking.cli.parts.Closing;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectoryLock;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole cluster: the upstream control plane as supervised child processes, the simulated cloud
 * and the loops between them in this process, or as children, too.
 *
 * <p>{@link #open} takes the data directory, {@link #start} brings everything up, {@link #close}
 * stops it in reverse order; the status can be asked from {@code open} on, by any thread.
 */
@SuppressWarnings(
    "deprecation") // Micrometer over the simpleclient is the stack; code sees MeterRegistry
public final class VikingServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VikingServer.class);

  private final ServerOptions options;
  private final DataDirectoryLock lock;
  private final Clock clock;
  private final PrometheusMeterRegistry metrics;
  private final Closing closing;
  private final LiveStatus status;
  private final ControlPlane controlPlane;
  private final Workers workers;
  private final Policies policies;

  private VikingServer(
      ServerOptions options,
      DataDirectoryLock lock,
      Clock clock,
      PrometheusMeterRegistry metrics,
      Closing closing,
      LiveStatus status,
      ControlPlane controlPlane,
      Workers workers) {
    this.options = options;
    this.lock = lock;
    this.clock = clock;
    this.metrics = metrics;
    this.closing = closing;
    this.status = status;
    this.controlPlane = controlPlane;
    this.workers = workers;
    this.policies = new Policies(options, metrics, status);
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
      Workers workers =
          closing.add("cloud and loops", workers(options, metrics, environment, clock));
      var status = new LiveStatus(options, begun, controlPlane, workers);
      String token = UUID.randomUUID().toString();
      HttpEndpoint http =
          closing.add(
              "HTTP endpoint",
              HttpEndpoint.start(
                  options.httpPort(),
                  token,
                  metrics::scrape,
                  status::report,
                  status::collectOrphans,
                  status::explain));
      ServerFile.ofThisProcess(http.address(), token).write(ServerFile.path(options.directory()));
      return new VikingServer(
          options, lock, clock, metrics, closing, status, controlPlane, workers);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static Workers workers(
      ServerOptions options,
      PrometheusMeterRegistry metrics,
      Environment environment,
      Clock clock) {
    return options
        .apart()
        .<Workers>map(apart -> new Apart(options, apart, environment, clock))
        .orElseGet(() -> new Together(options, metrics, clock));
  }

  /**
   * Brings everything up; called once.
   *
   * @return the status, which says "ready"
   * @throws io.viking.controlplane.ControlPlaneException if a part cannot be started; the caller
   *     closes the server
   */
  public StatusReport start(Progress progress) throws InterruptedException {
    for (Component orphan : ControlPlanes.stopOrphans(lock, clock)) {
      progress.note(
          "Stopped %s (pid %d), left behind by an earlier run."
              .formatted(orphan.name(), orphan.pid().orElse(0)));
    }
    ApiServer server = controlPlane.start(progress, workers::prepare);
    status.apiServer(server);
    CompletableFuture<Door.Outcome> door = policies.beginDoor(server, workers);
    policies.grant(server, progress);
    if (SchedulerNames.isHybrid(server.mode(), options.controlPlane())) {
      policies.choose(server, progress);
    }
    policies.network(server, progress);
    workers.start(server, progress);
    controlPlane.awaitControllers();
    policies.awaitDoor(door, progress);
    policies.followDoor(server, closing);
    status.started();
    measure(server);
    StatusReport report = status.report();
    log.info(
        "viking is ready; the API server is {}, the cluster {}",
        server.server(),
        report.clusterId());
    return report;
  }

  /**
   * metrics-server, beside all else: at the first time its binary is built, and no pod needs it. A
   * control plane that is not made of upstream's binaries has its own, or none.
   */
  private void measure(ApiServer server) {
    if (server.mode() != ControlPlaneMode.NATIVE) {
      return;
    }
    KubeClients clients =
        closing.add(
            "client that makes metrics-server known",
            KubeClients.of(server.loops().operator(), KubeClientConfig.DEFAULT, metrics));
    closing.add(
        "start of metrics-server", MetricsStart.begin(controlPlane.metricsServer(), clients.api()));
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
