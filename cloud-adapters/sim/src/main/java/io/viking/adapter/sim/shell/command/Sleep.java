package io.viking.adapter.sim.shell.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** {@code sleep TIME…}: seconds, or with s, m, h or d behind; "infinity" has no end. */
final class Sleep implements Command {
  private static final Map<String, Long> MILLIS =
      Map.of("", 1000L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    call.argument(0);
    long millis = 0;
    for (String time : call.arguments()) {
      if (time.equals("infinity") || time.equals("inf")) {
        Thread.sleep(Duration.ofMillis(Long.MAX_VALUE));
      }
      if (!time.matches("[0-9]{1,9}(\\.[0-9]{1,3})?[smhd]?")) {
        throw new UsageError("invalid time interval '" + time + "'");
      }
      String number = time.replaceAll("[smhd]", "");
      millis +=
          new BigDecimal(number)
              .multiply(
                  BigDecimal.valueOf(MILLIS.getOrDefault(time.substring(number.length()), 1000L)))
              .longValue();
    }
    Thread.sleep(Duration.ofMillis(millis));
    return 0;
  }
}
