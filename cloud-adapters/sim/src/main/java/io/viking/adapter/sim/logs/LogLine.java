package io.viking.adapter.sim.logs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * One line.
 *
 * @param at milliseconds of the epoch
 * @param text without its end
 */
public record LogLine(long at, String text) {
  /** RFC 3339 with all nine digits, as the kubelet writes it. */
  private static final DateTimeFormatter STAMP =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter().withZone(ZoneOffset.UTC);

  /** As it goes over the wire. */
  public String render(boolean timestamp) {
    return (timestamp ? STAMP.format(Instant.ofEpochMilli(at)) + " " : "") + text + "\n";
  }
}
