package io.viking.syncer.kubelet.streams.terminated;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ClientCallStreamObserver;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the caller sends, on its way into a call. While something waits here because the container
 * takes no more, the caller's connection is not read: so no more waits than came with one read.
 *
 * <p>Before there is a call the connection is read on, for what the call still lacks comes over it
 * too; but not beyond {@link #EARLY}.
 */
final class CallInput<M extends MessageLite> {
  /** Of one message of the contract. */
  private static final int PIECE = 64 * 1024;

  /** Bytes, with what the messages add, that may wait for a call. */
  private static final int EARLY = 32 * 1024;

  /** What a small message adds to its bytes in memory, roughly. */
  private static final int MESSAGE = 100;

  private final ReadGate gate;
  private final ArrayDeque<M> waiting = new ArrayDeque<>();
  private Optional<ClientCallStreamObserver<M>> call = Optional.empty();
  private boolean ending;
  private boolean closed;
  private long early;
  private long sent;

  CallInput(ReadGate gate) {
    this.gate = gate;
  }

  /** From now on there is a call; what came before has waited. */
  void open(ClientCallStreamObserver<M> into) {
    call = Optional.of(into);
    drain();
  }

  void send(M message) {
    if (closed || ending) {
      return;
    }
    waiting.add(message);
    if (call.isEmpty()) {
      early += MESSAGE + message.getSerializedSize();
    }
    drain();
  }

  /** Sends bytes, as several messages if they are many. */
  void send(ByteBuf data, Function<ByteString, M> message) {
    while (data.isReadable()) {
      byte[] piece = new byte[Math.min(PIECE, data.readableBytes())];
      data.readBytes(piece);
      send(message.apply(UnsafeByteOperations.unsafeWrap(piece)));
    }
  }

  /** Half-closes the call after what was sent. */
  void end() {
    ending = true;
    drain();
  }

  /** To be called when the call is ready for more. */
  void drain() {
    if (closed) {
      return;
    }
    call.ifPresent(
        into -> {
          while (!waiting.isEmpty() && into.isReady()) {
            into.onNext(waiting.remove());
            sent++;
          }
          if (ending && waiting.isEmpty()) {
            closed = true;
            into.onCompleted();
          }
        });
    if (call.isPresent() ? waiting.isEmpty() : early <= EARLY) {
      gate.release(this);
    } else {
      gate.hold(this);
    }
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Messages that the call has taken: does it make progress? */
  long sent() {
    return sent;
  }

  /** The call is over: what comes is dropped. */
  void close() {
    closed = true;
    waiting.clear();
    gate.release(this);
  }
}
