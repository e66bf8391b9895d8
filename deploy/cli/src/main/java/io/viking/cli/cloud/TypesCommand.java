package io.viking.cli.cloud;

import io.viking.cli.output.Table;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "types",
    header = "List what the cloud sells: types with their prices and stock in each zone.",
    description =
        "SPOT/H is the market price now, which moves; a type without one is not sold as spot there.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud types 2-4Gi",
      "  viking cloud types ecs.c6 --zone cn-hangzhou-h",
      "  viking cloud types --arch arm64",
      "  viking cloud types --gpu -o json | jq -r '.instanceTypes[].name'"
    })
final class TypesCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudView cloud;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = "",
      description = "Only types whose names begin so: 2-4Gi, ecs.c6.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String name;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "",
      description = "Only what this zone sells.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String zone;

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      defaultValue = "",
      description = "Only types of this architecture, as in kubernetes.io/arch.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String architecture;

  @Option(names = "--gpu", description = "Only types with GPUs.")
  private boolean gpu;

  @Override
  public Integer call() throws IOException {
    return cloud.show(
        (channel, clusterId) ->
            new Filter(name, zone, architecture, gpu).of(CloudLink.catalog(channel)),
        TypesCommand::table);
  }

  /**
   * What is to be seen of a catalog.
   *
   * @param name how names of types begin; empty: all
   * @param zone empty: all
   * @param architecture empty: all
   * @param gpu only types with GPUs
   */
  record Filter(String name, String zone, String architecture, boolean gpu) {
    /** Types that some zone shows an offer of, and these offers. */
    GetCatalogResponse of(GetCatalogResponse catalog) {
      Map<String, InstanceType> types =
          catalog.getInstanceTypesList().stream()
              .filter(this::shows)
              .collect(Collectors.toMap(InstanceType::getName, Function.identity()));
      List<Offer> offers =
          catalog.getOffersList().stream()
              .filter(offer -> types.containsKey(offer.getInstanceType()))
              .filter(offer -> zone.isEmpty() || offer.getZone().equals(zone))
              .toList();
      var offered = offers.stream().map(Offer::getInstanceType).collect(Collectors.toSet());
      return GetCatalogResponse.newBuilder()
          .setRevision(catalog.getRevision())
          .addAllInstanceTypes(
              catalog.getInstanceTypesList().stream()
                  .filter(type -> offered.contains(type.getName()))
                  .toList())
          .addAllOffers(offers)
          .build();
    }

    private boolean shows(InstanceType type) {
      return type.getName().startsWith(name)
          && (architecture.isEmpty() || type.getArchitecture().equals(architecture))
          && (!gpu || type.getGpus() > 0);
    }
  }

  /** Shapes before named types, small ones first. */
  static String table(GetCatalogResponse catalog) {
    if (catalog.getOffersCount() == 0) {
      return "The cloud sells nothing of the kind: \"viking cloud types\" lists all that there is.\n";
    }
    Map<String, List<Offer>> offers =
        catalog.getOffersList().stream().collect(Collectors.groupingBy(Offer::getInstanceType));
    var table =
        new Table("TYPE", "VCPU", "MEMORY", "GPUS", "ARCH", "ZONE", "PRICE/H", "SPOT/H", "STOCK");
    catalog.getInstanceTypesList().stream()
        .sorted(
            Comparator.comparing((InstanceType type) -> !type.getGeneralPurpose())
                .thenComparing(InstanceType::getMilliVcpu)
                .thenComparing(InstanceType::getMemoryMib)
                .thenComparing(InstanceType::getName))
        .forEach(
            type ->
                offers
                    .getOrDefault(type.getName(), List.of())
                    .forEach(offer -> row(table, type, offer)));
    return table.toString();
  }

  private static void row(Table table, InstanceType type, Offer offer) {
    table.row(
        type.getName(),
        plain(BigDecimal.valueOf(type.getMilliVcpu(), 3)),
        plain(BigDecimal.valueOf(type.getMemoryMib() * 1000 / 1024, 3)) + " GiB",
        type.getGpus() == 0 ? "" : type.getGpus() + " " + type.getGpuModel(),
        type.getArchitecture(),
        offer.getZone(),
        Money.perHour(offer.getOnDemand()),
        Money.perHour(offer.getSpot()),
        offer.getStock() < 0 ? StockCommand.UNLIMITED : Long.toString(offer.getStock()));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
