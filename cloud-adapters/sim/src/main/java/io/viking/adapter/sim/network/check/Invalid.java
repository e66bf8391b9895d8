package io.viking.adapter.sim.network.check;

import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.failure.Failures;

/** INVALID_SPEC as an exception, with the field's path under the message that was checked. */
final class Invalid {
  private Invalid() {}

  static StatusRuntimeException at(String field, String value, String wayOut) {
    return Failures.exception(Failures.invalid(field, value, wayOut));
  }

  static StatusRuntimeException at(String field, long value, String wayOut) {
    return at(field, Long.toString(value), wayOut);
  }

  static void range(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw at(field, value, "give " + least + " to " + most);
    }
  }
}
