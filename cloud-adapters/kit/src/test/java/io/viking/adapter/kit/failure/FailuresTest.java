package io.viking.adapter.kit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
  @ParameterizedTest
  @EnumSource(
      value = ErrorReason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNRECOGNIZED", "ERROR_REASON_UNSPECIFIED"})
  void everyReason_isReadBack_fromExceptionAndItem(ErrorReason reason) {
    CloudFailure failure =
        CloudFailure.of(reason, "It is so.")
            .with("field", "zones")
            .retryingAfter(Duration.ofMillis(1500));

    StatusRuntimeException thrown = Failures.exception(failure);

    assertThat(CloudFailures.from(thrown)).isEqualTo(failure);
    assertThat(thrown.getStatus().getCode()).isEqualTo(ErrorReasons.code(reason));
    assertThat(CloudFailures.from(Failures.item(failure))).isEqualTo(failure);
  }

  @Test
  void invalid_namesTheFieldTheValueAndTheWayOut() {
    CloudFailure failure = Failures.invalid("zones[0]", "moon", "it is not sold");

    assertThat(failure.message()).isEqualTo("zones[0] is \"moon\": it is not sold");
    assertThat(failure.metadata())
        .containsEntry("field", "zones[0]")
        .containsEntry("value", "moon");
    assertThat(Failures.exception(failure).getStatus().getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void longMessage_isCutBetweenCharacters() {
    CloudFailure failure = CloudFailure.of(ErrorReason.ERROR_REASON_ACCOUNT, "a" + "云".repeat(900));

    String message = Failures.item(failure).getMessage();

    assertThat(message).startsWith("a云").endsWith("云…");
    assertThat(message.getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(HeaderRoom.MESSAGE_BYTES - 3, HeaderRoom.MESSAGE_BYTES);
  }

  @Test
  void longMetadata_isCut_soThatEveryKeyThatFitsStays() {
    CloudFailure failure =
        CloudFailure.of(ErrorReason.ERROR_REASON_INVALID_SPEC, "too long")
            .with("field", "env")
            .with("value", "x".repeat(100_000));

    assertThat(Failures.item(failure).getMetadataMap())
        .containsEntry("field", "env")
        .hasEntrySatisfying(
            "value", value -> assertThat(value).hasSizeBetween(1000, 2048).endsWith("…"));
  }

  @Test
  void halfASurrogate_isReplaced() {
    CloudFailure failure = CloudFailure.of(ErrorReason.ERROR_REASON_ACCOUNT, "odd \ud83d end");

    assertThat(Failures.item(failure).getMessage()).isEqualTo("odd ? end");
  }
}
