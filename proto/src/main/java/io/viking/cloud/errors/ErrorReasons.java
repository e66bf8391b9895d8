package io.viking.cloud.errors;

import io.grpc.Status;
import io.viking.cloud.v1.ErrorReason;
import java.util.HashMap;
import java.util.Map;

/**
 * The table of errors.proto in code: for each reason its name on the wire, its gRPC status and its
 * consequence. Both sides of the contract read it here.
 */
public final class ErrorReasons {
  /** {@code google.rpc.ErrorInfo.domain} of every failure of the contract. */
  public static final String DOMAIN = "viking.cloud";

  private static final String PREFIX = "ERROR_REASON_";
  private static final Map<String, ErrorReason> BY_WIRE_NAME = byWireName();

  private ErrorReasons() {}

  /**
   * The value that goes into {@code google.rpc.ErrorInfo.reason}: {@code OUT_OF_STOCK}. What is not
   * a reason (unspecified, or a number that this version does not know) is {@code INTERNAL}.
   */
  public static String wireName(ErrorReason reason) {
    return known(reason).name().substring(PREFIX.length());
  }

  /** The reason of that name; a name that this version does not know is INTERNAL. */
  public static ErrorReason fromWireName(String name) {
    return BY_WIRE_NAME.getOrDefault(name, ErrorReason.ERROR_REASON_INTERNAL);
  }

  /** The same reason, or INTERNAL for what is no reason: unspecified and unknown numbers. */
  public static ErrorReason known(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_UNSPECIFIED, UNRECOGNIZED -> ErrorReason.ERROR_REASON_INTERNAL;
      default -> reason;
    };
  }

  /** The gRPC status with which a call ends that fails for this reason. */
  public static Status.Code code(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_OUT_OF_STOCK,
          ERROR_REASON_ADDRESSES_EXHAUSTED,
          ERROR_REASON_QUOTA_EXCEEDED,
          ERROR_REASON_THROTTLED,
          ERROR_REASON_SPOT_PRICE_TOO_LOW ->
          Status.Code.RESOURCE_EXHAUSTED;
      case ERROR_REASON_INVALID_SPEC -> Status.Code.INVALID_ARGUMENT;
      case ERROR_REASON_UNSUPPORTED -> Status.Code.UNIMPLEMENTED;
      case ERROR_REASON_IMAGE_NOT_FOUND, ERROR_REASON_NOT_FOUND -> Status.Code.NOT_FOUND;
      case ERROR_REASON_IMAGE_UNAUTHORIZED, ERROR_REASON_ACCOUNT -> Status.Code.PERMISSION_DENIED;
      case ERROR_REASON_ATTEMPT_SPENT, ERROR_REASON_BUSY, ERROR_REASON_FOREIGN ->
          Status.Code.FAILED_PRECONDITION;
      case ERROR_REASON_REVISION_TOO_OLD -> Status.Code.OUT_OF_RANGE;
      case ERROR_REASON_UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case ERROR_REASON_INTERNAL, ERROR_REASON_UNSPECIFIED, UNRECOGNIZED -> Status.Code.INTERNAL;
    };
  }

  /** What the orchestration does about this reason. */
  public static Consequence consequence(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_OUT_OF_STOCK,
          ERROR_REASON_ADDRESSES_EXHAUSTED,
          ERROR_REASON_SPOT_PRICE_TOO_LOW ->
          Consequence.OTHER_ZONE;
      case ERROR_REASON_QUOTA_EXCEEDED,
          ERROR_REASON_IMAGE_NOT_FOUND,
          ERROR_REASON_IMAGE_UNAUTHORIZED,
          ERROR_REASON_ACCOUNT ->
          Consequence.TELL_AND_WAIT;
      case ERROR_REASON_INVALID_SPEC, ERROR_REASON_UNSUPPORTED, ERROR_REASON_FOREIGN ->
          Consequence.FINAL;
      case ERROR_REASON_NOT_FOUND -> Consequence.LOOK_AGAIN;
      case ERROR_REASON_ATTEMPT_SPENT -> Consequence.NEXT_ATTEMPT;
      case ERROR_REASON_REVISION_TOO_OLD -> Consequence.LIST_AGAIN;
      case ERROR_REASON_THROTTLED,
          ERROR_REASON_BUSY,
          ERROR_REASON_UNAVAILABLE,
          ERROR_REASON_INTERNAL,
          ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          Consequence.BACK_OFF;
    };
  }

  private static Map<String, ErrorReason> byWireName() {
    Map<String, ErrorReason> names = new HashMap<>();
    for (ErrorReason reason : ErrorReason.values()) {
      if (known(reason) == reason) {
        names.put(reason.name().substring(PREFIX.length()), reason);
      }
    }
    return Map.copyOf(names);
  }
}
