package io.viking.syncer.kubelet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request's query, read in the kubelet's way: what is absent or empty was not said. Pure. */
record Query(Map<String, List<String>> parameters) {
  /** In the query's order; empty if absent. */
  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /** "" if absent. */
  String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** False if absent. */
  boolean flag(String name) throws InvalidQueryException {
    String value = first(name);
    return switch (value) {
      case "", "0", "false" -> false;
      case "1", "true" -> true;
      default ->
          throw new InvalidQueryException(
              name + " is \"" + value + "\", but must be true or false (or 1 or 0)");
    };
  }

  Optional<Long> number(String name, long min) throws InvalidQueryException {
    String value = first(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min) {
        return Optional.of(number);
      }
    } catch (NumberFormatException malformed) {
      // Told below, as for a number that is too small.
    }
    throw new InvalidQueryException(
        name + " is \"" + value + "\", but must be an integer from " + min);
  }
}
