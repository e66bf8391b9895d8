package io.viking.cli.cloud;

import io.viking.cloud.v1.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as people read it; the contract counts billionths. */
final class Money {
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  private Money() {}

  /** An amount with its currency: {@code 12.3457 CNY}. */
  static String amount(long nanos, String currency) {
    return (decimal(nanos) + " " + currency).strip();
  }

  /** A rate per hour: {@code 0.2205 CNY}; empty for a price that is not set. */
  static String perHour(Price price) {
    return price.getCurrency().isEmpty()
        ? ""
        : perHour(price.getNanosPerSecond(), price.getCurrency());
  }

  static String perHour(long nanosPerSecond, String currency) {
    return (scaled(BigDecimal.valueOf(nanosPerSecond, 9).multiply(SECONDS_PER_HOUR))
            + " "
            + currency)
        .strip();
  }

  private static String decimal(long nanos) {
    return scaled(BigDecimal.valueOf(nanos, 9));
  }

  private static String scaled(BigDecimal value) {
    return value.setScale(4, RoundingMode.HALF_UP).toPlainString();
  }
}
