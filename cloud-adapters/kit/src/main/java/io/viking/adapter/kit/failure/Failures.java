package io.viking.adapter.kit.failure;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import java.time.Duration;

/**
 * Writes failures on the wire. A call that fails as a whole throws (or hands to {@code onError})
 * what {@link #exception} gives; an item of a batch carries what {@link #item} gives.
 *
 * <p>Messages and metadata are cut so that the answer fits into the 8 KiB of headers that a client
 * takes unless told otherwise; an answer beyond that would arrive as a failure without a reason.
 */
public final class Failures {
  private Failures() {}

  /** The exception that ends a call with the reason's gRPC status, an ErrorInfo and a RetryInfo. */
  public static StatusRuntimeException exception(CloudFailure failure) {
    CloudFailure fitted = HeaderRoom.fit(failure);
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(ErrorReasons.code(fitted.reason()).value())
            .setMessage(fitted.message())
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain(ErrorReasons.DOMAIN)
                        .setReason(ErrorReasons.wireName(fitted.reason()))
                        .putAllMetadata(fitted.metadata())
                        .build()));
    fitted
        .retryAfter()
        .ifPresent(
            pause ->
                status.addDetails(
                    Any.pack(RetryInfo.newBuilder().setRetryDelay(duration(pause)).build())));
    return StatusProto.toStatusRuntimeException(status.build());
  }

  /** Short for a failure without metadata. */
  public static StatusRuntimeException exception(ErrorReason reason, String message) {
    return exception(CloudFailure.of(reason, message));
  }

  /**
   * INVALID_SPEC in the form that lets the user mend it.
   *
   * @param field as the caller wrote it: {@code instances[3].zones}
   * @param value what stood there; never a secret
   * @param wayOut one sentence: what is taken instead
   */
  public static CloudFailure invalid(String field, String value, String wayOut) {
    return CloudFailure.of(
            ErrorReason.ERROR_REASON_INVALID_SPEC,
            "%s is \"%s\": %s".formatted(field, value, wayOut))
        .with("field", field)
        .with("value", value);
  }

  /** The failure of one item of a batch. */
  public static Failure item(CloudFailure failure) {
    CloudFailure fitted = HeaderRoom.fit(failure);
    var item =
        Failure.newBuilder()
            .setReason(fitted.reason())
            .setMessage(fitted.message())
            .putAllMetadata(fitted.metadata());
    fitted.retryAfter().ifPresent(pause -> item.setRetryAfter(duration(pause)));
    return item.build();
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
