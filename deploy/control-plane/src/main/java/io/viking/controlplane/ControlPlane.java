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
   * Brings the control plane up and blocks until the API server answers {@code /readyz}.
   *
   * @throws ControlPlaneException if it cannot; whatever was started is stopped again
   * @throws InterruptedException likewise
   */
  ApiServer start(Progress progress) throws InterruptedException;

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
