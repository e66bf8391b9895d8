package io.viking.adapter.kit.faults;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on the calls of one method that have one answer. Blocks: it runs on virtual threads. */
final class CallRelay {
  private static final Logger log = LoggerFactory.getLogger(CallRelay.class);

  /** For what is under way without its caller; and the longest that a caller is left without. */
  private static final Duration UNATTENDED = Duration.ofSeconds(30);

  private final Channel upstream;
  private final MethodDescriptor<byte[], byte[]> method;
  private final Function<MethodDescriptor<?, ?>, FaultyProxy.Arrival> arrivals;
  private final Executor stragglers;
  private final Answered answered;

  CallRelay(
      Channel upstream,
      MethodDescriptor<byte[], byte[]> method,
      Function<MethodDescriptor<?, ?>, FaultyProxy.Arrival> arrivals,
      Executor stragglers,
      Answered answered) {
    this.upstream = upstream;
    this.method = method;
    this.arrivals = arrivals;
    this.stragglers = stragglers;
    this.answered = answered;
  }

  ServerCallHandler<byte[], byte[]> handler() {
    return ServerCalls.asyncUnaryCall(this::relay);
  }

  private void relay(byte[] request, StreamObserver<byte[]> caller) {
    try {
      FaultyProxy.Arrival arrival = arrivals.apply(method);
      byte[] answer =
          arrival.fault().isPresent() && arrival.fault().get() instanceof Fault.OfCall fault
              ? faulty(fault, request)
              : send(request);
      caller.onNext(answer);
      caller.onCompleted();
    } catch (StatusRuntimeException e) {
      // Without the cause, which for a lost connection would be taken for a defect of ours.
      caller.onError(new StatusRuntimeException(e.getStatus().withCause(null), e.getTrailers()));
    } catch (InterruptedException e) {
      caller.onError(lost("the proxy is closing"));
      Thread.currentThread().interrupt();
    } finally {
      answered.one();
    }
  }

  private byte[] faulty(Fault.OfCall fault, byte[] request) throws InterruptedException {
    return switch (fault) {
      case Fault.RequestLost() -> throw lost("the request was lost");
      case Fault.AnswerLost(boolean silently) -> {
        sendUnattended(request);
        if (silently) {
          awaitCallerGone();
        }
        throw lost("the answer was lost");
      }
      case Fault.Hung() -> {
        awaitCallerGone();
        throw lost("the adapter hangs");
      }
      case Fault.HalfDone() -> {
        Batch.of(method)
            .ifPresentOrElse(
                batch -> batch.firstHalf(request, this::sendUnattended),
                () -> sendUnattended(request));
        throw lost("the connection broke in the middle");
      }
      case Fault.HalfAnswered() -> {
        byte[] answer = sendUnattended(request);
        yield Batch.of(method).map(batch -> batch.halfOf(answer)).orElse(answer);
      }
      case Fault.Late(Duration by) -> {
        Thread.sleep(by);
        yield sendUnattended(request);
      }
      case Fault.Straggling(Duration by) -> {
        stragglers.execute(() -> straggle(by, request));
        throw lost("the request is late");
      }
      case Fault.Doubled(Duration apart) -> {
        sendUnattended(request);
        Thread.sleep(apart);
        yield sendUnattended(request);
      }
      case Fault.Overtaken(Duration atMost) -> {
        answered.awaitNext(atMost);
        yield sendUnattended(request);
      }
      case Fault.Throttled(Duration retryAfter) -> throw Failures.exception(throttled(retryAfter));
      case Fault.ItemsThrottled(Duration retryAfter) ->
          Batch.of(method)
              .orElseThrow(() -> Failures.exception(throttled(retryAfter)))
              .everySecond(request, Failures.item(throttled(retryAfter)), this::send);
      case Fault.ItemsReversed() -> {
        var batch = Batch.of(method);
        yield batch.isPresent() ? batch.get().reversed(request, this::send) : send(request);
      }
    };
  }

  /** With the caller's deadline, and cancelled with the caller. */
  private byte[] send(byte[] request) {
    return ClientCalls.blockingUnaryCall(upstream, method, CallOptions.DEFAULT, request);
  }

  /** Arrives whatever has become of the caller. */
  private byte[] sendUnattended(byte[] request) {
    Context callers = Context.ROOT.attach();
    try {
      return ClientCalls.blockingUnaryCall(
          upstream,
          method,
          CallOptions.DEFAULT.withDeadlineAfter(UNATTENDED.toMillis(), TimeUnit.MILLISECONDS),
          request);
    } finally {
      Context.ROOT.detach(callers);
    }
  }

  private void straggle(Duration by, byte[] request) {
    try {
      Thread.sleep(by);
      sendUnattended(request);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (StatusRuntimeException unheard) {
      log.debug("a late {} failed: {}", method.getBareMethodName(), unheard.getStatus());
    }
  }

  private static void awaitCallerGone() throws InterruptedException {
    var gone = new CountDownLatch(1);
    Context.CancellationListener listener = context -> gone.countDown();
    Context.current().addListener(listener, Runnable::run);
    try {
      boolean unused = gone.await(UNATTENDED.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      Context.current().removeListener(listener);
    }
  }

  private static StatusRuntimeException lost(String how) {
    return Status.UNAVAILABLE.withDescription("fault: " + how).asRuntimeException();
  }

  private static CloudFailure throttled(Duration retryAfter) {
    return CloudFailure.of(ErrorReason.ERROR_REASON_THROTTLED, "fault: too many calls")
        .retryingAfter(retryAfter);
  }
}
