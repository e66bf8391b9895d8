package io.viking.scheduler.pod;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API leaves out what is empty; here nothing is null. */
final class Absent {
  private Absent() {}

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value;
  }

  static <V> Map<String, V> map(@Nullable Map<String, V> value) {
    return value == null ? Map.of() : value;
  }
}
