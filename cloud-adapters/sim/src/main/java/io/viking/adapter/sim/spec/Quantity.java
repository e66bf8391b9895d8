package io.viking.adapter.sim.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities of Kubernetes: "500m", "2", "1.5Gi", "1e3". */
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile(
          "\\+?([0-9]{1,18}\\.?[0-9]{0,18}|\\.[0-9]{1,18})([eE][+-]?[0-9]{1,2}|[a-zA-Z]{0,2})");
  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("k", BigDecimal.ONE.movePointRight(3)),
          Map.entry("M", BigDecimal.ONE.movePointRight(6)),
          Map.entry("G", BigDecimal.ONE.movePointRight(9)),
          Map.entry("T", BigDecimal.ONE.movePointRight(12)),
          Map.entry("P", BigDecimal.ONE.movePointRight(15)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

  private Quantity() {}

  static Optional<BigDecimal> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String suffix = matcher.group(2);
    if (suffix.length() > 1
        && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')
        && !suffix.equals("Ei")) {
      return Optional.of(new BigDecimal(matcher.group(1) + suffix));
    }
    return Optional.ofNullable(FACTORS.get(suffix)).map(new BigDecimal(matcher.group(1))::multiply);
  }

  /** The number times the factor, rounded up; at most Long.MAX_VALUE. */
  static long ceil(BigDecimal quantity, BigDecimal perUnit) {
    BigDecimal units = quantity.divide(perUnit, 0, RoundingMode.CEILING);
    return units.min(BigDecimal.valueOf(Long.MAX_VALUE / 1024)).longValue();
  }
}
