package io.viking.adapter.sim.spec;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;

/** A spec that can never be honoured as it is. Does not leave this package. */
final class SpecRejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient CloudFailure failure;

  private SpecRejected(CloudFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  static SpecRejected invalid(String field, String value, String problem) {
    return new SpecRejected(
        CloudFailure.of(
                ErrorReason.ERROR_REASON_INVALID_SPEC, field + ": \"" + value + "\" " + problem)
            .with("field", field)
            .with("value", value));
  }

  static SpecRejected unsupported(String field, String problem) {
    return new SpecRejected(
        CloudFailure.of(ErrorReason.ERROR_REASON_UNSUPPORTED, field + " " + problem)
            .with("field", field));
  }

  CloudFailure failure() {
    return failure;
  }
}
