package io.viking.cli.cloud;

import io.viking.adapter.sim.v1.SetZoneRequest;
import io.viking.cli.CommandGroup;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "zone",
    header = "Close a zone of the simulated cloud, or open it again.",
    description = "A zone that is closed sells nothing new. What runs there goes on.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ZoneCommand.Close.class, ZoneCommand.Open.class},
    footerHeading = "%nExamples:%n",
    footer = {"  viking cloud zone close cn-hangzhou-h", "  viking cloud zone open cn-hangzhou-h"})
final class ZoneCommand extends CommandGroup {
  @Command(
      name = "close",
      header = "Take a zone of the simulated cloud off sale.",
      description = "What runs there goes on; nothing new is sold there until it is opened.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud zone close cn-hangzhou-h")
  static final class Close implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SimulatedCloud cloud;

    @Parameters(
        index = "0",
        paramLabel = "ZONE",
        description = "As \"viking cloud zones\" names it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String zone;

    @Override
    public Integer call() throws IOException {
      return set(cloud, zone, false, "Zone %s is closed: it sells nothing new until it is opened.");
    }
  }

  @Command(
      name = "open",
      header = "Put a zone of the simulated cloud back on sale.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud zone open cn-hangzhou-h")
  static final class Open implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SimulatedCloud cloud;

    @Parameters(
        index = "0",
        paramLabel = "ZONE",
        description = "As \"viking cloud zones\" names it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String zone;

    @Override
    public Integer call() throws IOException {
      return set(cloud, zone, true, "Zone %s is open.");
    }
  }

  private static int set(SimulatedCloud cloud, String zone, boolean available, String sentence)
      throws IOException {
    return cloud.operate(
        (operator, channel, clusterId) -> {
          operator.setZone(
              SetZoneRequest.newBuilder().setZone(zone).setAvailable(available).build());
          return sentence.formatted(zone);
        });
  }
}
