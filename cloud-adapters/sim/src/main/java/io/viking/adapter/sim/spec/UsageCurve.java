package io.viking.adapter.sim.spec;

import io.viking.adapter.sim.state.UsagePoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 250m} and {@code 0s:100m,60s:800m,2m:100m}. */
final class UsageCurve {
  private static final Pattern POINT = Pattern.compile("([0-9]{1,7})(s|m|h):(.+)");
  private static final Map<String, Long> MILLIS =
      Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  /** Of a container's age: a year. */
  private static final long LATEST_MILLIS = 366L * 24 * 3_600_000;

  /** Far above any instance: a million vCPUs, a pebibyte. */
  private static final long HIGHEST_CPU = 1_000_000_000;

  private static final long HIGHEST_BYTES = 1L << 50;

  private UsageCurve() {}

  /**
   * @param unit what the points count
   * @return empty if it is malformed
   */
  static Optional<List<UsagePoint>> parse(String text, BigDecimal unit) {
    List<UsagePoint> points = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = POINT.matcher(part.strip());
      boolean dated = matcher.matches();
      if (!dated && !text.equals(part)) {
        return Optional.empty();
      }
      long age =
          dated ? Long.parseLong(matcher.group(1)) * MILLIS.getOrDefault(matcher.group(2), 0L) : 0;
      Optional<BigDecimal> quantity = Quantity.parse(dated ? matcher.group(3) : part.strip());
      boolean grows = points.isEmpty() || points.getLast().getAgeMillis() < age;
      if (quantity.isEmpty() || !grows || age > LATEST_MILLIS) {
        return Optional.empty();
      }
      long value = Quantity.ceil(quantity.get(), unit);
      if (value > (unit.equals(BigDecimal.ONE) ? HIGHEST_BYTES : HIGHEST_CPU)) {
        return Optional.empty();
      }
      points.add(UsagePoint.newBuilder().setAgeMillis(age).setValue(value).build());
    }
    return Optional.of(List.copyOf(points));
  }
}
