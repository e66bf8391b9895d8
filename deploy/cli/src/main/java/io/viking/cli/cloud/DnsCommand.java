package io.viking.cli.cloud;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.sim.v1.ShowRecordsRequest;
import io.viking.adapter.sim.v1.ShowRecordsResponse;
import io.viking.adapter.sim.v1.ShowZonesRequest;
import io.viking.adapter.sim.v1.ShowZonesResponse;
import io.viking.adapter.sim.v1.ShownRecord;
import io.viking.adapter.sim.v1.ShownZone;
import io.viking.cli.CommandFailure;
import io.viking.cli.output.Table;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.ListRecordsResponse;
import io.viking.cloud.v1.Record;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "dns",
    header = "List the cloud's private zones, or the records of one.",
    description =
        "With the simulated cloud, all records whoever made them, and where on this machine the zones"
            + " answer; with another one, this cluster's records of the zone that is named. The commands"
            + " below act in the simulated cloud's console.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {DnsActs.Add.class, DnsActs.Edit.class, DnsActs.Remove.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud dns",
      "  viking cloud dns cluster.local",
      "  dig @127.0.0.1 -p 1053 web.default.svc.cluster.local"
    })
final class DnsCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudView cloud;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ZONE",
      defaultValue = "",
      description = "Whose records to list; none: list the zones.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String zone;

  @Override
  public Integer call() throws IOException {
    return zone.isEmpty()
        ? cloud.show((channel, clusterId) -> zones(channel), DnsCommand::table)
        : cloud.show(
            (channel, clusterId) -> records(channel, clusterId, zone),
            answer -> table(answer, zone));
  }

  private static ShowZonesResponse zones(ManagedChannel channel) {
    try {
      return NetworkConsole.calls(channel).showZones(ShowZonesRequest.getDefaultInstance());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        throw new CommandFailure(
            "only the simulated cloud lists its zones: name one, as in \"viking cloud dns cluster.local\".",
            e);
      }
      throw e;
    }
  }

  private static ShowRecordsResponse records(
      ManagedChannel channel, String clusterId, String zone) {
    var all = ShowRecordsResponse.newBuilder();
    try {
      String page = "";
      do {
        ShowRecordsResponse answer =
            NetworkConsole.calls(channel)
                .showRecords(
                    ShowRecordsRequest.newBuilder().setZone(zone).setPageToken(page).build());
        all.addAllRecords(answer.getRecordsList());
        page = answer.getNextPageToken();
      } while (!page.isEmpty());
      return all.build();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return contract(channel, clusterId, zone);
      }
      throw new CommandFailure(SimulatedCloud.refusal(e), e);
    }
  }

  private static ShowRecordsResponse contract(
      ManagedChannel channel, String clusterId, String zone) {
    var all = ShowRecordsResponse.newBuilder();
    String page = "";
    do {
      ListRecordsResponse answer =
          DnsServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(NetworkConsole.DEADLINE_SECONDS, TimeUnit.SECONDS)
              .listRecords(
                  ListRecordsRequest.newBuilder()
                      .setClusterId(clusterId)
                      .setZone(zone)
                      .setPageToken(page)
                      .build());
      answer
          .getRecordsList()
          .forEach(
              record ->
                  all.addRecords(
                      ShownRecord.newBuilder().setClusterId(clusterId).setRecord(record)));
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return all.build();
  }

  static String table(ShowZonesResponse answer) {
    String where =
        answer.getDnsAddress().isEmpty()
            ? "The zones answer nowhere on this machine.\n"
            : "The zones answer at %s, over UDP and TCP.\n".formatted(answer.getDnsAddress());
    if (answer.getZonesCount() == 0) {
      return "The cloud has no private zones.\n" + where;
    }
    var table = new Table("ZONE", "RECORDS", "MADE BY", "ID");
    for (ShownZone zone : answer.getZonesList()) {
      table.row(
          zone.getName(),
          Integer.toString(zone.getRecords()),
          owner(zone.getClusterId()),
          zone.getCloudId());
    }
    return table + "\n" + where;
  }

  static String table(ShowRecordsResponse answer, String zone) {
    if (answer.getRecordsCount() == 0) {
      return "Zone %s has no records.\n".formatted(zone);
    }
    var table = new Table("NAME", "TTL", "TYPE", "VALUE", "MADE BY");
    for (ShownRecord shown : answer.getRecordsList()) {
      Record record = shown.getRecord();
      table.row(
          record.getName(),
          Integer.toString(record.getTtl()),
          record.getType().name().replace("RECORD_TYPE_", ""),
          record.getValue(),
          owner(shown.getClusterId()));
    }
    return table.toString();
  }

  private static String owner(String clusterId) {
    return clusterId.isEmpty() ? "hand" : "cluster " + clusterId;
  }
}
