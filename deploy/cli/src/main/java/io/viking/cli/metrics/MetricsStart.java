package io.viking.cli.metrics;

import io.viking.cli.install.Installer;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.MetricsServer;
import io.viking.controlplane.Progress;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts metrics-server while the cluster is in use already. Nobody waits for it; when it fails,
 * the log says so and {@code kubectl top} does not work.
 */
public final class MetricsStart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricsStart.class);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Thread thread;

  private MetricsStart(Thread thread) {
    this.thread = thread;
  }

  /**
   * Begins; returns at once.
   *
   * @param server empty: there is to be none, and what an earlier run made known of one is taken
   *     out
   */
  public static MetricsStart begin(Optional<MetricsServer> server, KubeApi api) {
    MetricsApi metrics = new MetricsApi(api, new Installer(api, BETWEEN_TRIES));
    return new MetricsStart(
        Thread.ofVirtual().name("metrics-server-start").start(() -> run(server, metrics)));
  }

  private static void run(Optional<MetricsServer> server, MetricsApi metrics) {
    try {
      if (server.isEmpty()) {
        metrics.withdraw();
      } else if (metrics.serve(server.get(), new Logged())) {
        log.info("metrics-server serves; kubectl top has figures within a minute");
      } else {
        log.info("metrics-server was not started: another one serves metrics.k8s.io already");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ControlPlaneException | KubeApiException | IOException e) {
      log.warn(
          "metrics-server does not run, so kubectl top and autoscalers on CPU do not work: {}",
          e.getMessage());
    }
  }

  /** What a person should know of a build goes to the log: the console has moved on. */
  private static final class Logged implements Progress {
    @Override
    public void step(String what) {
      log.debug("metrics-server: {}", what);
    }

    @Override
    public void advance(String detail, int done, int total) {}

    @Override
    public void note(String sentence) {
      log.info("{}", sentence);
    }
  }

  /** Stops starting, and waits until it has. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
