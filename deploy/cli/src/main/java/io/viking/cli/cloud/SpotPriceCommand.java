package io.viking.cli.cloud;

import io.viking.adapter.sim.v1.SetSpotPriceRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "spot-price",
    header = "Set a spot price of the simulated cloud, until the market moves it.",
    description =
        "Instances past their protection whose limit it passes are asked to leave. The market moves"
            + " prices at every interval of the profile (spot.intervalSeconds).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud spot-price cn-hangzhou-h 2-4Gi 90",
      "  viking cloud spot-price cn-hangzhou-h all 12.5"
    })
final class SpotPriceCommand implements Callable<Integer> {
  /** Parts per million in a percent. */
  private static final int PPM = 10_000;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SimulatedCloud cloud;

  @Parameters(index = "0", paramLabel = "ZONE", description = "As \"viking cloud zones\" names it.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String zone;

  @Parameters(
      index = "1",
      paramLabel = "TYPE",
      description = "Instance type (2-4Gi, ecs.c6.large), or all.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String type;

  @Parameters(
      index = "2",
      paramLabel = "PERCENT",
      converter = Percent.class,
      description = "Of the on demand price; taken within the bounds of the profile.")
  private long ppm;

  @Override
  public Integer call() throws IOException {
    return cloud.operate(
        (operator, channel, clusterId) ->
            sentence(
                zone,
                type,
                ppm,
                operator
                    .setSpotPrice(
                        SetSpotPriceRequest.newBuilder()
                            .setZone(zone)
                            .setInstanceType(SimulatedCloud.type(type))
                            .setPpm(ppm)
                            .build())
                    .getPpm()));
  }

  /**
   * @param asked in parts per million
   * @param ppm as it is now
   */
  static String sentence(String zone, String type, long asked, long ppm) {
    return "Spot instances of %s in zone %s cost %s%% of the on demand price%s."
        .formatted(
            SimulatedCloud.typeText(type),
            zone,
            percent(ppm),
            asked == ppm
                ? ""
                : ", not %s%%: the profile's market goes no %s (spot.%s)"
                    .formatted(
                        percent(asked),
                        asked < ppm ? "lower" : "higher",
                        asked < ppm ? "minPpm" : "maxPpm"));
  }

  private static String percent(long ppm) {
    return BigDecimal.valueOf(ppm, 4).stripTrailingZeros().toPlainString();
  }

  /** Percent to parts per million. */
  static final class Percent implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        BigDecimal percent = new BigDecimal(value.replaceFirst("%$", ""));
        if (percent.signum() >= 0 && percent.compareTo(BigDecimal.valueOf(PPM)) <= 0) {
          return percent.multiply(BigDecimal.valueOf(PPM)).longValue();
        }
      } catch (NumberFormatException e) {
        // Answered as a negative number is.
      }
      throw new TypeConversionException(
          "\"%s\" is no price: give percent of the on demand price, as 35 or 12.5"
              .formatted(value));
    }
  }
}
