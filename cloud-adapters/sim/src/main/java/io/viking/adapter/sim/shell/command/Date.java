package io.viking.adapter.sim.shell.command;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** {@code date [-u] [+%s | -I…]}: the cloud's clock, in UTC. */
final class Date implements Command {
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ROOT);

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    Instant now = call.container().clock().instant();
    ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
    String format = call.arguments().stream().filter(a -> !a.equals("-u")).findFirst().orElse("");
    String text =
        switch (format) {
          case "" -> LONG.format(utc);
          case "+%s" -> Long.toString(now.getEpochSecond());
          case "-I" -> DateTimeFormatter.ISO_LOCAL_DATE.format(utc);
          case "-Is", "-Iseconds" ->
              DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT).format(utc);
          default -> throw UsageError.option(format, "-u, +%s, -I and -Is");
        };
    call.streams().out().print(text + "\n");
    return 0;
  }
}
