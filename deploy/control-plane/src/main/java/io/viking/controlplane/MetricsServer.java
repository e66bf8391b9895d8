package io.viking.controlplane;

import java.nio.file.Path;

/**
 * metrics-server beside a control plane. It is started on its own, when the cluster knows its
 * rights, so that nothing waits for it.
 *
 * @see ControlPlane#metricsServer
 */
public interface MetricsServer {
  /** The user whose rights it needs. */
  String user();

  /** Where it listens, on loopback. */
  int port();

  /** What its certificate is signed by. */
  Path authority();

  /** Whether its binary is there, so that it starts within seconds. */
  boolean isBuilt();

  /**
   * Obtains its binary, which may take minutes at the first time, starts it, and waits until it
   * serves. Called once, on a thread that may block. It ends with the control plane.
   *
   * @throws ControlPlaneException if it cannot be obtained, it does not serve, or the control plane
   *     has ended
   */
  void start(Progress progress) throws InterruptedException;
}
