package io.viking.adapter.kit.transport;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts and times every call by its method ({@code InstanceService/CreateInstances}) and its
 * status. A stream counts when it ends, with the time that it was open.
 */
final class CallMetrics implements ServerInterceptor {
  static final String REQUESTS = "viking_adapter_requests_total";
  static final String DURATION = "viking_adapter_request_duration_seconds";

  private final MeterRegistry meters;

  CallMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Measured measured = new Measured(MethodNames.of(call), Timer.start(meters));
    var observed =
        new SimpleForwardingServerCall<Q, A>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            measured.end(status.getCode());
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(observed, headers)) {
      @Override
      public void onCancel() {
        measured.end(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }

  private final class Measured {
    private final String method;
    private final Timer.Sample time;
    private final AtomicBoolean ended = new AtomicBoolean();

    Measured(String method, Timer.Sample time) {
      this.method = method;
      this.time = time;
    }

    /** A call that was cancelled may still be closed by its service: the first end counts. */
    void end(Status.Code code) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      Counter.builder(REQUESTS)
          .description("Calls that the adapter has answered, by method and gRPC status.")
          .tag("method", method)
          .tag("code", code.name())
          .register(meters)
          .increment();
      time.stop(
          Timer.builder(DURATION)
              .description(
                  "Time from a call's arrival to its status; of a stream, how long it was open.")
              .tag("method", method)
              .tag("code", code.name())
              .serviceLevelObjectives(
                  Duration.ofMillis(5),
                  Duration.ofMillis(25),
                  Duration.ofMillis(100),
                  Duration.ofMillis(500),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(10))
              .register(meters));
    }
  }
}
