package io.viking.cloud.errors;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads failures off what a call threw and off the items of a batch. Never throws itself. */
public final class CloudFailures {
  private CloudFailures() {}

  /**
   * What a call's exception says. The status is looked for along the causes, so that the exceptions
   * of futures may be handed over as they are.
   *
   * <p>A status without an ErrorInfo of ours did not come from an adapter but from gRPC or
   * something between: UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED and ABORTED mean that the effect
   * is unknown (UNAVAILABLE); UNIMPLEMENTED that the adapter has no such method (UNSUPPORTED);
   * anything else is a defect (INTERNAL), and so is an exception that is no status at all.
   */
  public static CloudFailure from(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case StatusRuntimeException e -> {
          return from(e.getStatus(), details(e));
        }
        case StatusException e -> {
          return from(e.getStatus(), details(e));
        }
        default -> {}
      }
    }
    return CloudFailure.of(ErrorReason.ERROR_REASON_INTERNAL, thrown.toString());
  }

  /** What a batch item says. An item without a failure has none to read: look at it first. */
  public static CloudFailure from(Failure failure) {
    return new CloudFailure(
        failure.getReason(),
        failure.getMessage(),
        failure.getMetadataMap(),
        failure.hasRetryAfter()
            ? Optional.of(duration(failure.getRetryAfter()))
            : Optional.empty());
  }

  /**
   * The failure of a result that says "unset: done", where unset is a Failure message without a
   * reason (the answers of backends and records are lists of those).
   */
  public static Optional<CloudFailure> ifFailed(Failure failure) {
    return failure.getReasonValue() == ErrorReason.ERROR_REASON_UNSPECIFIED_VALUE
        ? Optional.empty()
        : Optional.of(from(failure));
  }

  private static CloudFailure from(Status status, com.google.rpc.Status details) {
    String message =
        Optional.ofNullable(status.getDescription()).orElseGet(() -> status.getCode().name());
    Optional<ErrorInfo> info =
        unpack(details, ErrorInfo.class).filter(i -> i.getDomain().equals(ErrorReasons.DOMAIN));
    Optional<Duration> retryAfter =
        unpack(details, RetryInfo.class).map(retry -> duration(retry.getRetryDelay()));
    ErrorReason reason =
        info.map(i -> ErrorReasons.fromWireName(i.getReason()))
            .orElseGet(() -> withoutInfo(status.getCode()));
    return new CloudFailure(
        reason, message, info.map(ErrorInfo::getMetadataMap).orElseGet(Map::of), retryAfter);
  }

  private static ErrorReason withoutInfo(Status.Code code) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED ->
          ErrorReason.ERROR_REASON_UNAVAILABLE;
      case UNIMPLEMENTED -> ErrorReason.ERROR_REASON_UNSUPPORTED;
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          ErrorReason.ERROR_REASON_INTERNAL;
    };
  }

  private static com.google.rpc.Status details(Throwable status) {
    try {
      return Optional.ofNullable(StatusProto.fromThrowable(status))
          .orElseGet(com.google.rpc.Status::getDefaultInstance);
    } catch (IllegalArgumentException malformedTrailer) {
      return com.google.rpc.Status.getDefaultInstance();
    }
  }

  private static <M extends com.google.protobuf.Message> Optional<M> unpack(
      com.google.rpc.Status status, Class<M> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException malformed) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
