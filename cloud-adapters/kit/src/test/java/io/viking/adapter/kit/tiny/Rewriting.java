package io.viking.adapter.kit.tiny;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.function.UnaryOperator;

/** Turns every message of one type into another, on its way in or out: how an adapter is broken. */
record Rewriting<M>(Class<M> type, UnaryOperator<M> change) implements ServerInterceptor {
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var rewritten =
        new SimpleForwardingServerCall<Q, A>(call) {
          @Override
          public void sendMessage(A message) {
            super.sendMessage(rewrite(message));
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(rewritten, headers)) {
      @Override
      public void onMessage(Q message) {
        super.onMessage(rewrite(message));
      }
    };
  }

  @SuppressWarnings("unchecked") // the change keeps the type
  private <T> T rewrite(T message) {
    return type.isInstance(message) ? (T) change.apply(type.cast(message)) : message;
  }
}
