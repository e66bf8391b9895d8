package io.viking.cli.cloud;

import io.viking.cli.output.Table;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "zones",
    header = "List the cloud's zones: room, addresses, and how many types are in stock.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud zones",
      "  viking cloud zones -o json | jq '.offers[] | select(.stock == \"0\")'"
    })
final class ZonesCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudView cloud;

  @Override
  public Integer call() throws IOException {
    return cloud.show((channel, clusterId) -> CloudLink.catalog(channel), ZonesCommand::table);
  }

  static String table(GetCatalogResponse catalog) {
    var table =
        new Table(
            "ZONE",
            "REGION",
            "AVAILABLE",
            "INSTANCES",
            "VCPU",
            "MEMORY",
            "GPUS",
            "VSWITCHES",
            "FREE ADDRESSES",
            "TYPES IN STOCK");
    for (Zone zone : catalog.getZonesList()) {
      List<Offer> offers =
          catalog.getOffersList().stream()
              .filter(offer -> offer.getZone().equals(zone.getId()))
              .toList();
      table.row(
          zone.getId(),
          zone.getRegion(),
          zone.getAvailable() ? "yes" : "no",
          known(zone.getCapacityInstances(), ""),
          known(zone.getCapacityMilliVcpu() / 1000, ""),
          known(zone.getCapacityMemoryMib() / 1024, " GiB"),
          Long.toString(zone.getCapacityGpus()),
          zone.getVswitchesList().stream().map(VSwitch::getId).collect(Collectors.joining(",")),
          Long.toString(
              zone.getVswitchesList().stream().mapToLong(VSwitch::getFreeAddresses).sum()),
          "%d of %d"
              .formatted(
                  offers.stream().filter(offer -> offer.getStock() != 0).count(), offers.size()));
    }
    return table.toString();
  }

  /** The contract's 0 of a capacity is "unknown". */
  private static String known(long capacity, String unit) {
    return capacity == 0 ? "" : capacity + unit;
  }
}
