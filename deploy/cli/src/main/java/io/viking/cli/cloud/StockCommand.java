package io.viking.cli.cloud;

import io.viking.adapter.sim.v1.SetStockRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "stock",
    header = "Bound how many instances can live in a zone of the simulated cloud.",
    description =
        "Those that live there count, and go on. With 0 the zone is out of stock: a new pod is"
            + " started in another one, or waits.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud stock cn-hangzhou-h all 0",
      "  viking cloud stock cn-hangzhou-h 2-4Gi 100",
      "  viking cloud stock cn-hangzhou-h all unlimited"
    })
final class StockCommand implements Callable<Integer> {
  static final String UNLIMITED = "unlimited";

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SimulatedCloud cloud;

  @Parameters(index = "0", paramLabel = "ZONE", description = "As \"viking cloud zones\" names it.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String zone;

  @Parameters(
      index = "1",
      paramLabel = "TYPE",
      description = "Instance type (2-4Gi, ecs.c6.large), or all: of each type so many.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String type;

  @Parameters(
      index = "2",
      paramLabel = "LIMIT",
      converter = Limit.class,
      description = "Instances that can live at once; 0: out of stock; unlimited: no bound.")
  private long limit;

  @Override
  public Integer call() throws IOException {
    return cloud.operate(
        (operator, channel, clusterId) -> {
          operator.setStock(
              SetStockRequest.newBuilder()
                  .setZone(zone)
                  .setInstanceType(SimulatedCloud.type(type))
                  .setLimit(limit)
                  .build());
          return sentence(zone, type, limit);
        });
  }

  static String sentence(String zone, String type, long limit) {
    String types = SimulatedCloud.typeText(type);
    if (limit < 0) {
      return "Zone %s sells %s without bound.".formatted(zone, types);
    }
    return limit == 0
        ? "Zone %s is out of stock for %s.".formatted(zone, types)
        : "Zone %s holds at most %d instances of %s."
            .formatted(zone, limit, type.equals(SimulatedCloud.ALL) ? "each type" : type);
  }

  /** A number of instances; -1 for {@value #UNLIMITED}. */
  static final class Limit implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      if (value.equals(UNLIMITED)) {
        return -1L;
      }
      try {
        long limit = Long.parseLong(value);
        if (limit >= 0) {
          return limit;
        }
      } catch (NumberFormatException e) {
        // Answered as a negative number is.
      }
      throw new TypeConversionException(
          "\"%s\" is no stock: give a number of instances, 0 for none, or %s"
              .formatted(value, UNLIMITED));
    }
  }
}
