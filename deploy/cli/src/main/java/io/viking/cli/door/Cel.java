package io.viking.cli.door;

import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of the API server's expression language, of what Kubernetes 1.30 knows. */
final class Cel {
  private Cel() {}

  /** A string literal. */
  static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A list literal of strings. */
  static String list(Collection<String> texts) {
    return texts.stream().map(Cel::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A list that may be absent, as one that is not. */
  static String items(String object, String field) {
    return object + ".?" + field + ".orValue([])";
  }

  /** All of them; {@code true} for none. */
  static String and(Collection<String> conditions) {
    return conditions.isEmpty() ? "true" : String.join(" &&\n", conditions);
  }

  /** The concatenation of lists. */
  static String plus(Collection<String> lists) {
    return lists.isEmpty() ? "[]" : String.join(" +\n", lists);
  }
}
