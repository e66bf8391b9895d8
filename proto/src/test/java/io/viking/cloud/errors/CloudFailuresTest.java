package io.viking.cloud.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloudFailuresTest {
  @Test
  void statusWithErrorInfo_gives_reasonMetadataAndPause() {
    var thrown = status(Status.Code.RESOURCE_EXHAUSTED, "viking.cloud", "THROTTLED");

    CloudFailure failure = CloudFailures.from(thrown);

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_THROTTLED);
    assertThat(failure.message()).isEqualTo("slow down");
    assertThat(failure.metadata()).containsExactly(Map.entry("bucket", "create"));
    assertThat(failure.retryAfter()).contains(Duration.ofMillis(1500));
    assertThat(failure).hasToString("THROTTLED: slow down");
  }

  @Test
  void statusInsideTheExceptionOfAFuture_isFound() {
    var thrown = status(Status.Code.NOT_FOUND, "viking.cloud", "NOT_FOUND");

    assertThat(CloudFailures.from(new CompletionException(thrown)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
  }

  @Test
  void reasonOfALaterVersion_isInternal() {
    var thrown = status(Status.Code.ABORTED, "viking.cloud", "MOON_IN_THE_WRONG_PHASE");

    assertThat(CloudFailures.from(thrown).reason()).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
  }

  @Test
  void errorInfoOfAnotherDomain_isNotOurs() {
    var thrown = status(Status.Code.UNAVAILABLE, "example.com", "OUT_OF_STOCK");

    CloudFailure failure = CloudFailures.from(thrown);

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(failure.metadata()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, ERROR_REASON_UNAVAILABLE",
    "DEADLINE_EXCEEDED, ERROR_REASON_UNAVAILABLE",
    "CANCELLED, ERROR_REASON_UNAVAILABLE",
    "UNIMPLEMENTED, ERROR_REASON_UNSUPPORTED",
    "RESOURCE_EXHAUSTED, ERROR_REASON_INTERNAL",
    "NOT_FOUND, ERROR_REASON_INTERNAL",
    "UNKNOWN, ERROR_REASON_INTERNAL",
  })
  void bareStatus_isReadByItsCode(Status.Code code, ErrorReason expected) {
    CloudFailure failure = CloudFailures.from(code.toStatus().asRuntimeException());

    assertThat(failure.reason()).isEqualTo(expected);
    assertThat(failure.message()).isEqualTo(code.name());
  }

  @Test
  void exceptionThatIsNoStatus_isInternal() {
    CloudFailure failure = CloudFailures.from(new IllegalStateException("broken"));

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
    assertThat(failure.message()).contains("broken");
  }

  @Test
  void item_givesTheSame() {
    Failure item =
        Failure.newBuilder()
            .setReason(ErrorReason.ERROR_REASON_OUT_OF_STOCK)
            .setMessage("sold out")
            .putMetadata("zones", "a,b")
            .setRetryAfter(com.google.protobuf.Duration.newBuilder().setSeconds(30))
            .build();

    assertThat(CloudFailures.from(item))
        .isEqualTo(
            CloudFailure.of(ErrorReason.ERROR_REASON_OUT_OF_STOCK, "sold out")
                .with("zones", "a,b")
                .retryingAfter(Duration.ofSeconds(30)));
    assertThat(CloudFailures.from(item).consequence()).isEqualTo(Consequence.OTHER_ZONE);
  }

  @Test
  void itemWithANumberOfALaterVersion_isInternal() {
    Failure item = Failure.newBuilder().setReasonValue(4711).build();

    assertThat(CloudFailures.from(item).reason()).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
    assertThat(CloudFailures.ifFailed(item)).isPresent();
    assertThat(CloudFailures.ifFailed(Failure.getDefaultInstance())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorReason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNRECOGNIZED", "ERROR_REASON_UNSPECIFIED"})
  void everyReason_hasANameThatIsReadBack_andAStatusThatIsAnError(ErrorReason reason) {
    assertThat(ErrorReasons.fromWireName(ErrorReasons.wireName(reason))).isEqualTo(reason);
    assertThat(ErrorReasons.code(reason)).isNotEqualTo(Status.Code.OK);
  }

  private static RuntimeException status(Status.Code code, String domain, String reason) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage("slow down")
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(
                            com.google.protobuf.Duration.newBuilder()
                                .setSeconds(1)
                                .setNanos(500_000_000))
                        .build()))
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain(domain)
                        .setReason(reason)
                        .putMetadata("bucket", "create")
                        .build()))
            .build());
  }
}
