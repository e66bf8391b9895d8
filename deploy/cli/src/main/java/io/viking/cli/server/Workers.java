package io.viking.cli.server;

import io.viking.cli.parts.Explained;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Progress;

/**
 * The cloud and the loops of a cluster, wherever they run. {@link #sight}, {@link #collectOrphans}
 * and {@link #close} may be called by any thread at any time.
 */
interface Workers extends AutoCloseable {
  /** Begins with what needs no API server; returns at once. Called once. */
  void prepare();

  /**
   * Starts the rest, and returns when all is ready. Called once, after {@link #prepare}.
   *
   * @throws ControlPlaneException if a part cannot be started or is not ready in time; likewise a
   *     {@link io.viking.cli.CommandFailure}
   */
  void start(ApiServer server, Progress progress) throws InterruptedException;

  /**
   * What the adapter says of its pool; waits until it answers. Any thread, after {@link #prepare}.
   *
   * @throws io.grpc.StatusRuntimeException it does not answer
   */
  GetInfoResponse adapterInfo() throws InterruptedException;

  /** What can be seen of them now. */
  Sight sight();

  /**
   * Lets the instances go that are held because so many have no pod.
   *
   * @return how many were held
   */
  int collectOrphans();

  /** Asks the scheduler why a pod is where it is, or nowhere; some seconds at most. */
  Explained explain(String namespace, String pod);

  @Override
  void close();
}
