package io.viking.cloud.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A channel to an adapter on which calls that change something are sent only while a fence is open.
 * Else such a call fails as UNAVAILABLE without having left this process, and callers treat it as
 * one that they try again.
 */
public final class FencedCalls implements ClientInterceptor {
  /** Full names of the contract's methods that change what the cloud has. */
  static final Set<String> CHANGING =
      Set.of(
          InstanceServiceGrpc.getCreateInstancesMethod().getFullMethodName(),
          InstanceServiceGrpc.getDeleteInstancesMethod().getFullMethodName(),
          InstanceServiceGrpc.getUpdateFilesMethod().getFullMethodName(),
          LoadBalancerServiceGrpc.getEnsureLoadBalancerMethod().getFullMethodName(),
          LoadBalancerServiceGrpc.getUpdateBackendsMethod().getFullMethodName(),
          LoadBalancerServiceGrpc.getDeleteLoadBalancerMethod().getFullMethodName(),
          DnsServiceGrpc.getEnsureDnsZoneMethod().getFullMethodName(),
          DnsServiceGrpc.getApplyRecordsMethod().getFullMethodName(),
          DnsServiceGrpc.getDeleteDnsZoneMethod().getFullMethodName());

  private final BooleanSupplier fence;

  private FencedCalls(BooleanSupplier fence) {
    this.fence = fence;
  }

  /**
   * The same channel behind a fence.
   *
   * @param fence whether it is open; any thread, must not block
   */
  public static Channel on(Channel channel, BooleanSupplier fence) {
    return ClientInterceptors.intercept(channel, new FencedCalls(fence));
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> call = next.newCall(method, options);
    return CHANGING.contains(method.getFullMethodName()) ? new Fenced<>(call) : call;
  }

  private final class Fenced<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private boolean refused;

    Fenced(ClientCall<Q, A> call) {
      super(call);
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      if (fence.getAsBoolean()) {
        super.start(listener, headers);
      } else {
        refused = true;
        listener.onClose(
            Status.UNAVAILABLE.withDescription(
                "not sent: this process' lease was not renewed lately, another may lead by now"),
            new Metadata());
      }
    }

    /** The message is what acts, so it is asked for again: these calls have one. */
    @Override
    public void sendMessage(Q message) {
      if (refused) {
        return;
      }
      if (fence.getAsBoolean()) {
        super.sendMessage(message);
      } else {
        refused = true;
        super.cancel("not sent: this process' lease was not renewed lately", null);
      }
    }

    @Override
    public void request(int messages) {
      if (!refused) {
        super.request(messages);
      }
    }

    @Override
    public void halfClose() {
      if (!refused) {
        super.halfClose();
      }
    }

    @Override
    public void cancel(
        @org.jspecify.annotations.Nullable String message,
        @org.jspecify.annotations.Nullable Throwable cause) {
      if (!refused) {
        super.cancel(message, cause);
      }
    }
  }
}
