package io.viking.adapter.kit.stream;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

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

  /**
   * The start with which each conversation of its kind begins, after waiting for it.
   *
   * @param has whether a message is a start
   * @throws io.grpc.StatusRuntimeException INVALID_SPEC if something else came, or nothing
   */
  public static <Q extends Message, S> S start(
      Inlet<Q> inlet, Predicate<Q> has, Function<Q, S> start) throws InterruptedException {
    Optional<Q> first = inlet.next();
    return first
        .filter(has)
        .map(start)
        .orElseThrow(
            () ->
                Failures.exception(
                    Failures.invalid(
                        "message",
                        first.map(Conversation::kind).orElse("end of the call"),
                        "send start first")));
  }

  private static String kind(Message message) {
    return message.getAllFields().keySet().stream()
        .map(FieldDescriptor::getName)
        .findFirst()
        .orElse("empty");
  }
}
