package io.viking.scheduler.pod;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the annotations that buy on the spot market. Each as strictly as the syncer does. */
final class BidReader {
  static final String STRATEGY = "k8s.aliyun.com/eci-spot-strategy";
  static final String LIMIT = "k8s.aliyun.com/eci-spot-price-limit";
  static final String DURATION = "k8s.aliyun.com/eci-spot-duration";
  static final String FALLBACK = "k8s.aliyun.com/eci-spot-fallback";

  private static final Set<String> STRATEGIES =
      Set.of("NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit");
  private static final Set<String> FLAGS = Set.of("true", "false");
  private static final String PRICE = "a price per hour above 0 with at most 3 decimals, as 0.250";
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  private BidReader() {}

  /**
   * @param flaws get a sentence for each that cannot be understood
   * @return empty: bought on demand
   */
  static Optional<Bid> read(Map<String, String> annotations, List<String> flaws) {
    Optional<String> strategy = value(annotations, STRATEGY);
    Optional<String> limit = value(annotations, LIMIT);
    Optional<String> fallback = value(annotations, FALLBACK);
    strategy
        .filter(name -> !STRATEGIES.contains(name))
        .ifPresent(
            name -> flaws.add(flaw(STRATEGY, name, "NoSpot, SpotAsPriceGo or SpotWithPriceLimit")));
    value(annotations, DURATION)
        .filter(hours -> !hours.equals("0") && !hours.equals("1"))
        .ifPresent(hours -> flaws.add(flaw(DURATION, hours, "0 or 1 (hours)")));
    fallback
        .filter(flag -> !FLAGS.contains(flag))
        .ifPresent(flag -> flaws.add(flaw(FALLBACK, flag, "true or false")));
    Optional<BigDecimal> price = limit.flatMap(BidReader::price);
    if (limit.isPresent() && price.isEmpty()) {
      flaws.add(flaw(LIMIT, limit.get(), PRICE));
    }
    boolean fallsBack = fallback.equals(Optional.of("true"));
    return switch (strategy.orElse("NoSpot")) {
      case "SpotAsPriceGo" -> Optional.of(new Bid(Bid.ANY, fallsBack));
      case "SpotWithPriceLimit" -> {
        if (limit.isEmpty()) {
          flaws.add(
              "annotation %s is missing, which goes with %s: SpotWithPriceLimit; give %s"
                  .formatted(LIMIT, STRATEGY, PRICE));
        }
        yield Optional.of(new Bid(price.map(BidReader::perSecond).orElse(0L), fallsBack));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<String> value(Map<String, String> annotations, String key) {
    return Optional.ofNullable(annotations.get(key)).map(String::strip);
  }

  private static Optional<BigDecimal> price(String text) {
    try {
      return Optional.of(new BigDecimal(text))
          .filter(price -> price.signum() > 0 && price.compareTo(HIGHEST) < 0)
          .filter(price -> price.stripTrailingZeros().scale() <= 3);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Rounded down, as the syncer does: the market price is compared with the same number. */
  private static long perSecond(BigDecimal perHour) {
    return perHour.movePointRight(9).divide(SECONDS_PER_HOUR, RoundingMode.FLOOR).longValue();
  }

  private static String flaw(String annotation, String value, String wanted) {
    return CloudWishesReader.flaw(annotation, value, wanted);
  }
}
