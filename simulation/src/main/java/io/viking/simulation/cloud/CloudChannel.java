package io.viking.simulation.cloud;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Unary calls without a thread, a wire or a clock: the stubs of the contract see no difference. */
public final class CloudChannel extends Channel {
  private final CloudServer server;

  public CloudChannel(CloudServer server) {
    this.server = server;
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return new UnaryCall<>(server, Objects.requireNonNull(method.getBareMethodName()));
  }

  @Override
  public String authority() {
    return "simulated";
  }

  private static final class UnaryCall<Q, A> extends ClientCall<Q, A> {
    private final CloudServer server;
    private final String method;
    private @Nullable Listener<A> listener;
    private @Nullable Q request;

    UnaryCall(CloudServer server, String method) {
      this.server = server;
      this.method = method;
    }

    @Override
    public void start(Listener<A> caller, Metadata headers) {
      listener = caller;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {}

    @Override
    public void sendMessage(Q message) {
      request = message;
    }

    @Override
    @SuppressWarnings("unchecked") // the server answers each method with its own message
    public void halfClose() {
      Listener<A> caller = Objects.requireNonNull(listener);
      try {
        Message answer = server.call(method, (Message) Objects.requireNonNull(request));
        caller.onHeaders(new Metadata());
        caller.onMessage((A) answer);
        caller.onClose(Status.OK, new Metadata());
      } catch (StatusRuntimeException refused) {
        Metadata trailers = refused.getTrailers();
        caller.onClose(refused.getStatus(), trailers == null ? new Metadata() : trailers);
      }
    }
  }
}
