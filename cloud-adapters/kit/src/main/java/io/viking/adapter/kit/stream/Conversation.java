package io.viking.adapter.kit.stream;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/**
 * Serves calls with streams both ways by blocking code, for exec, attach and port-forward: an
 * {@link Inlet} to read, an {@link Outlet} to write, and back-pressure on both.
 */
public final class Conversation {
  /** Holds a whole conversation; its return completes the call, its exception fails it. */
  @FunctionalInterface
  public interface Body<Q, R> {
    /**
     * @throws InterruptedException when the caller has gone; the way to end
     */
    void hold(Inlet<Q> inlet, Outlet<R> outlet) throws InterruptedException;
  }

  private Conversation() {}

  /**
   * Serves a call. To be called within the service's method, with the observer that gRPC gave, its
   * result being the method's; returns at once. When the caller goes away, the body's thread is
   * interrupted.
   *
   * @param executor runs the body; one thread per call, so virtual ones
   */
  public static <Q, R> StreamObserver<Q> serve(
      StreamObserver<R> caller, Executor executor, Body<Q, R> body) {
    Inlet<Q> inlet = new Inlet<>((ServerCallStreamObserver<R>) caller);
    Outlet.serve(caller, executor, outlet -> body.hold(inlet, outlet));
    return inlet.feed();
  }
}
