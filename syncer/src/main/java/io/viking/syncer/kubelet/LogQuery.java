package io.viking.syncer.kubelet;

import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.syncer.pods.lifecycle.Instants;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The query of {@code /containerLogs} → the contract's request. Pure. */
final class LogQuery {
  private LogQuery() {}

  /**
   * @param now what {@code sinceSeconds} counts back from
   * @return all but the cluster, the UID and the container
   */
  static ReadLogsRequest.Builder read(Query query, Instant now) throws InvalidQueryException {
    ReadLogsRequest.Builder request =
        ReadLogsRequest.newBuilder()
            .setFollow(query.flag("follow"))
            .setPrevious(query.flag("previous"))
            .setTimestamps(query.flag("timestamps"));
    String stream = query.first("stream");
    if (!stream.isEmpty() && !stream.equals("All")) {
      throw new InvalidQueryException("stream is \"" + stream + "\", but a log has both here: All");
    }
    query.number("tailLines", 0).ifPresent(request::setTailLines);
    query.number("limitBytes", 1).ifPresent(request::setLimitBytes);
    Optional<Instant> since = sinceTime(query);
    Optional<Instant> ago = query.number("sinceSeconds", 1).map(now::minusSeconds);
    if (since.isPresent() && ago.isPresent()) {
      throw new InvalidQueryException("at most one of sinceTime and sinceSeconds may be given");
    }
    since.or(() -> ago).ifPresent(time -> request.setSinceTime(Instants.timestamp(time)));
    return request;
  }

  private static Optional<Instant> sinceTime(Query query) throws InvalidQueryException {
    String value = query.first("sinceTime");
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
