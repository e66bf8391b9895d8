package io.viking.controlplane;

import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes API, from nothing to ready and back.
 *
 * <p>{@link #start} is called once. {@link #components} and {@link #close} may be called from any
 * thread at any time, also while {@code start} runs: it then ends with a {@link
 * ControlPlaneException}.
 */
public interface ControlPlane extends AutoCloseable {

  /** The mode that was settled on; never {@link ControlPlaneMode#AUTO}. */
  ControlPlaneMode mode();

  /**
   * Brings the control plane up and blocks until the API server answers {@code /readyz}; what else
   * there is has been started then.
   *
   * @param meanwhile run once, when there is nothing left to do but to wait: what else the caller
   *     begins would keep the processors from those who are waited for. Not run if that fails
   *     before
   * @throws ControlPlaneException if it cannot; whatever was started is stopped again
   * @throws InterruptedException likewise
   */
  ApiServer start(Progress progress, Runnable meanwhile) throws InterruptedException;

  /** The same with nothing to do meanwhile. */
  default ApiServer start(Progress progress) throws InterruptedException {
    return start(progress, () -> {});
  }

  /**
   * Blocks until what runs beside the API server is ready, too: controllers, which nobody needs who
   * only calls it. After {@link #start}.
   *
   * @throws ControlPlaneException if it is not in time
   */
  default void awaitControllers() throws InterruptedException {}

  /**
   * What is not started yet and can be. Empty before {@link #start} has returned, for a cluster
   * that is not ours, and where it was not asked for.
   */
  default Optional<MetricsServer> metricsServer() {
    return Optional.empty();
  }

  /** What runs, in the order of its start; empty for a cluster that is not ours. */
  List<Component> components();

  /** Stops everything that was started, the last first, and returns when it is gone. Idempotent. */
  @Override
  void close();
}
