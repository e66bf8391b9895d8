package io.viking.syncer.kubelet;

import io.viking.cloud.v1.ReadLogsRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query of {@code /containerLogs} → the contract's request. Pure. */
final class LogQuery {
  private LogQuery() {}

  /**
   * @param now what {@code sinceSeconds} counts back from
   * @return all but the cluster, the UID and the container
   */
  static ReadLogsRequest.Builder read(Map<String, List<String>> query, Instant now)
      throws InvalidQueryException {
    ReadLogsRequest.Builder request =
        ReadLogsRequest.newBuilder()
            .setFollow(flag(query, "follow"))
            .setPrevious(flag(query, "previous"))
            .setTimestamps(flag(query, "timestamps"));
    String stream = first(query, "stream");
    if (!stream.isEmpty() && !stream.equals("All")) {
      throw new InvalidQueryException("stream is \"" + stream + "\", but a log has both here: All");
    }
    number(query, "tailLines", 0).ifPresent(request::setTailLines);
    number(query, "limitBytes", 1).ifPresent(request::setLimitBytes);
    Optional<Instant> since = sinceTime(query);
    Optional<Instant> ago = number(query, "sinceSeconds", 1).map(now::minusSeconds);
    if (since.isPresent() && ago.isPresent()) {
      throw new InvalidQueryException("at most one of sinceTime and sinceSeconds may be given");
    }
    since
        .or(() -> ago)
        .ifPresent(
            time ->
                request
                    .getSinceTimeBuilder()
                    .setSeconds(time.getEpochSecond())
                    .setNanos(time.getNano()));
    return request;
  }

  private static String first(Map<String, List<String>> query, String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static boolean flag(Map<String, List<String>> query, String name)
      throws InvalidQueryException {
    String value = first(query, name);
    return switch (value) {
      case "", "false", "0" -> false;
      case "true", "1" -> true;
      default ->
          throw new InvalidQueryException(
              name + " is \"" + value + "\", but must be true or false");
    };
  }

  private static Optional<Long> number(Map<String, List<String>> query, String name, long min)
      throws InvalidQueryException {
    String value = first(query, name);
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

  private static Optional<Instant> sinceTime(Map<String, List<String>> query)
      throws InvalidQueryException {
    String value = first(query, "sinceTime");
    try {
      return value.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException malformed) {
      throw new InvalidQueryException(
          "sinceTime is \"" + value + "\", but must be an RFC 3339 time, 2026-11-21T10:00:00Z");
    }
  }
}
