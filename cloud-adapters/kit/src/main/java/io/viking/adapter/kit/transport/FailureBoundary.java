package io.viking.adapter.kit.transport;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a failed call is typed and logged, once. Whatever a service does (throws, hands an
 * exception to {@code onError}, closes with a bare status) leaves here with an ErrorInfo.
 */
final class FailureBoundary implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(FailureBoundary.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Guarded<Q, A> guarded = new Guarded<>(call);
    ServerCall.Listener<Q> listener;
    try {
      listener = next.startCall(guarded, headers);
    } catch (RuntimeException e) {
      guarded.fail(e);
      return new ServerCall.Listener<>() {};
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        guarded.run(() -> super.onMessage(message));
      }

      @Override
      public void onHalfClose() {
        guarded.run(super::onHalfClose);
      }

      @Override
      public void onReady() {
        guarded.run(super::onReady);
      }

      @Override
      public void onComplete() {
        guarded.run(super::onComplete);
      }

      @Override
      public void onCancel() {
        guarded.cancelled();
        guarded.run(super::onCancel);
      }
    };
  }

  private static final class Guarded<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final AtomicBoolean over = new AtomicBoolean();

    Guarded(ServerCall<Q, A> call) {
      super(call);
    }

    void run(Runnable callback) {
      try {
        callback.run();
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    void cancelled() {
      over.set(true);
    }

    /** A service threw. When the call is over already, nobody else will ever see the exception. */
    void fail(RuntimeException thrown) {
      boolean late = over.get();
      Status status = Status.fromThrowable(thrown);
      Optional<Metadata> trailers = Optional.ofNullable(Status.trailersFromThrowable(thrown));
      if (!late) {
        close(status, trailers.orElseGet(Metadata::new));
      } else if (status.getCode() != Status.Code.CANCELLED) {
        log.warn("{} threw after its end", MethodNames.of(this), thrown);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      if (status.isOk() || status.getCode() == Status.Code.CANCELLED) {
        super.close(status, trailers);
        return;
      }
      Optional<Throwable> defect = Optional.ofNullable(status.getCause()).filter(c -> !typed(c));
      CloudFailure failure = defect.map(c -> hidden()).orElseGet(() -> read(status, trailers));
      log(failure, defect);
      StatusRuntimeException answer = Failures.exception(failure);
      super.close(
          answer.getStatus(), Optional.ofNullable(answer.getTrailers()).orElseGet(Metadata::new));
    }

    private static boolean typed(Throwable cause) {
      return cause instanceof StatusRuntimeException || cause instanceof StatusException;
    }

    /** What a defect says stays in the log: its message may quote the request. */
    private static CloudFailure hidden() {
      return CloudFailure.of(
          ErrorReason.ERROR_REASON_INTERNAL,
          "The adapter failed for a reason of its own; its log has the details.");
    }

    private static CloudFailure read(Status status, Metadata trailers) {
      return CloudFailures.from(status.asRuntimeException(trailers));
    }

    private void log(CloudFailure failure, Optional<Throwable> defect) {
      String method = MethodNames.of(this);
      Status.Code code = ErrorReasons.code(failure.reason());
      if (defect.isPresent()) {
        log.error("{} failed: {} {}", method, code, failure, defect.get());
      } else if (failure.reason() == ErrorReason.ERROR_REASON_INTERNAL) {
        log.error("{} failed: {} {}", method, code, failure);
      } else {
        log.info("{} failed: {} {}", method, code, failure);
      }
    }
  }
}
