package io.viking.adapter.kit.transport;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calls under way that will end by themselves soon: those with one answer. Streams are left
 * out, because a watch never ends and would hold up every stop.
 */
final class OpenCalls implements ServerInterceptor {
  /** One party is the server itself, so that the phase does not advance before it stops. */
  private final Phaser calls = new Phaser(1);

  /**
   * Waits until none is left or the time is up. Once; calls that begin later are not waited for.
   */
  void awaitNone(Duration atMost) {
    int phase = calls.arriveAndDeregister();
    try {
      if (phase >= 0) {
        calls.awaitAdvanceInterruptibly(phase, atMost.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException late) {
      // The rest is cut off.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getType().serverSendsOneMessage() || calls.register() < 0) {
      return next.startCall(call, headers);
    }
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onComplete() {
        calls.arriveAndDeregister();
        super.onComplete();
      }

      @Override
      public void onCancel() {
        calls.arriveAndDeregister();
        super.onCancel();
      }
    };
  }
}
