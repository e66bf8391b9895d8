package io.viking.simulation.process;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.kube.client.KubeApiException;
import io.viking.simulation.cloud.CloudServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** How the calls that are being made fare on their way to either server. */
final class Line implements CloudServer {
  /** What a call meets. */
  enum State {
    UP,
    /** No answer; the server hears nothing. */
    CUT,
    /** The server has no time. */
    BUSY,
    /** The server fails. */
    BROKEN
  }

  private static final Duration API_PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOUD_PAUSE = Duration.ofMillis(500);

  private final CloudServer cloud;
  private State state = State.UP;

  Line(CloudServer cloud) {
    this.cloud = cloud;
  }

  /** Does something whose calls all meet the same. */
  <R> R in(State met, Supplier<R> action) {
    state = met;
    try {
      return action.get();
    } finally {
      state = State.UP;
    }
  }

  /** To be asked before each call of the API server. */
  void checkApi() {
    switch (state) {
      case UP -> {}
      case CUT -> throw new KubeApiException("no answer", new IOException("timeout"));
      case BUSY ->
          throw new KubeApiException(
              429, "TooManyRequests", "too many requests", Optional.of(API_PAUSE));
      case BROKEN ->
          throw new KubeApiException(500, "InternalError", "etcd is away", Optional.empty());
    }
  }

  @Override
  public Message call(String method, Message request) {
    return switch (state) {
      case UP -> cloud.call(method, request);
      case CUT -> throw Status.DEADLINE_EXCEEDED.withDescription("no answer").asRuntimeException();
      case BUSY ->
          throw Failures.exception(
              CloudFailure.of(ErrorReason.ERROR_REASON_THROTTLED, "slow down")
                  .retryingAfter(CLOUD_PAUSE));
      case BROKEN ->
          throw Failures.exception(
              CloudFailure.of(ErrorReason.ERROR_REASON_INTERNAL, "something failed inside"));
    };
  }
}
