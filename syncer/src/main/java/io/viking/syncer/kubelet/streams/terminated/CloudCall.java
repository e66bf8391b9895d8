package io.viking.syncer.kubelet.streams.terminated;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.netty.buffer.ByteBuf;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import java.util.Optional;
import java.util.function.Function;

/**
 * One call of the contract behind a caller's streams: in no faster than the container takes it, out
 * no faster than the caller reads. All on the connection's event loop.
 *
 * @param <Q> what goes to the cloud
 * @param <A> what it answers
 */
final class CloudCall<Q extends MessageLite, A> implements ClientResponseObserver<Q, A> {
  /** Hears the cloud, until {@link #close} or {@link #cancel}. */
  interface Listener<A> {
    void answered(A message);

    /** The cloud has ended the call; last. */
    void completed();

    /** The call failed; last. */
    void failed(CloudFailure failure);
  }

  private final Wire wire;
  private final Listener<A> listener;
  private final CallInput<Q> input;
  private Optional<ClientCallStreamObserver<Q>> call = Optional.empty();
  private boolean awaitsRoom;
  private boolean closed;

  CloudCall(Wire wire, Listener<A> listener) {
    this.wire = wire;
    this.listener = listener;
    this.input = new CallInput<>(wire.gate());
  }

  /**
   * Calls the cloud; what was sent before has waited, and goes after the first message.
   *
   * @param method of the stub, whose executor is the connection's event loop
   */
  void start(Function<StreamObserver<A>, StreamObserver<Q>> method, Q first) {
    var into = (ClientCallStreamObserver<Q>) method.apply(this);
    into.onNext(first);
    input.open(into);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> starting) {
    call = Optional.of(starting);
    starting.disableAutoRequestWithInitial(1);
    starting.setOnReadyHandler(input::drain);
  }

  void send(Q message) {
    input.send(message);
  }

  /** Sends bytes, as several messages if they are many. */
  void send(ByteBuf data, Function<ByteString, Q> message) {
    input.send(data, message);
  }

  /** Half-closes the call after what was sent. */
  void endInput() {
    input.end();
  }

  boolean isInputWaiting() {
    return input.isWaiting();
  }

  /** Messages that the cloud has taken: does it make progress? */
  long inputTaken() {
    return input.sent();
  }

  @Override
  public void onNext(A message) {
    if (closed) {
      return;
    }
    listener.answered(message);
    awaitsRoom = !wire.isWritable();
    if (!awaitsRoom) {
      requestNext();
    }
  }

  /** The caller has read enough for the next answer. */
  void writable() {
    if (awaitsRoom) {
      awaitsRoom = false;
      requestNext();
    }
  }

  private void requestNext() {
    call.ifPresent(from -> from.request(1));
  }

  @Override
  public void onCompleted() {
    if (!closed) {
      listener.completed();
    }
  }

  @Override
  public void onError(Throwable thrown) {
    if (!closed) {
      listener.failed(CloudFailures.from(thrown));
    }
  }

  /** Nothing more is sent or heard; the cloud ends the call by itself. */
  void close() {
    closed = true;
    input.close();
  }

  /** Likewise, and the cloud need not go on. */
  void cancel() {
    close();
    call.ifPresent(from -> from.cancel("the caller has gone", null));
  }
}
