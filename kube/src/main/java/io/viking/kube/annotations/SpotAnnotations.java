package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationTypes.pricePerHour;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PLACEMENT;
import static io.viking.kube.annotations.AnnotationUse.SYNCER;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Buying on the spot market. */
public final class SpotAnnotations {
  private SpotAnnotations() {}

  public static final CloudAnnotation<SpotStrategy> STRATEGY =
      CloudAnnotation.of(
          PREFIX + "eci-spot-strategy",
          oneOf(
              ImmutableMap.of(
                  "NoSpot", SpotStrategy.NO_SPOT,
                  "SpotAsPriceGo", SpotStrategy.AS_PRICE_GO,
                  "SpotWithPriceLimit", SpotStrategy.WITH_PRICE_LIMIT)),
          PLACEMENT,
          "SpotAsPriceGo",
          "NoSpot",
          "buy as spot: at the market price, or up to a limit");

  public static final CloudAnnotation<BigDecimal> PRICE_LIMIT =
      CloudAnnotation.of(
          PREFIX + "eci-spot-price-limit",
          pricePerHour(),
          PLACEMENT,
          "0.250",
          "",
          "the highest market price that is paid, per hour");

  public static final CloudAnnotation<Integer> DURATION =
      CloudAnnotation.of(
          PREFIX + "eci-spot-duration",
          integer(0, 1, "hours"),
          CLOUD,
          "0",
          "1",
          "how long a spot instance is safe from reclaim");

  public static final CloudAnnotation<Boolean> FALLBACK =
      CloudAnnotation.of(
          PREFIX + "eci-spot-fallback",
          FLAG,
          PLACEMENT,
          "true",
          "false",
          "without spot stock, buy on demand");

  public static final CloudAnnotation<String> RELEASE_STRATEGY =
      CloudAnnotation.of(
          PREFIX + "eci-spot-release-strategy",
          oneOf("api-evict"),
          SYNCER,
          "api-evict",
          "the pod fails when the cloud takes the instance",
          "on the notice of a reclaim, evict the pod through the Eviction API");

  static final List<CloudAnnotation<?>> ALL =
      List.of(STRATEGY, PRICE_LIMIT, DURATION, FALLBACK, RELEASE_STRATEGY);

  /**
   * A price per hour as the market prices are compared: billionths of the currency's unit per
   * second, rounded down.
   */
  public static long nanosPerSecond(BigDecimal perHour) {
    return perHour
        .movePointRight(9)
        .divide(BigDecimal.valueOf(3600), RoundingMode.FLOOR)
        .longValue();
  }
}
