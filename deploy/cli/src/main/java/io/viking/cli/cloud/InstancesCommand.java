package io.viking.cli.cloud;

import io.grpc.ManagedChannel;
import io.viking.cli.output.Age;
import io.viking.cli.output.Table;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "instances",
    header = "List the container instances of this cluster as the cloud sees them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud instances",
      "  viking cloud instances -n default -o json | jq -r '.instances[].uid'"
    })
final class InstancesCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudView cloud;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      defaultValue = "",
      description = "Only those of pods in this namespace.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String namespace;

  @Override
  public Integer call() throws IOException {
    return cloud.show(
        (channel, clusterId) -> list(channel, clusterId, namespace),
        answer -> table(answer, Clock.systemUTC().instant()));
  }

  /**
   * All pages as one answer.
   *
   * @param namespace empty: all
   */
  static ListInstancesResponse list(ManagedChannel channel, String clusterId, String namespace) {
    var stub = InstanceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    var all = ListInstancesResponse.newBuilder();
    String page = "";
    do {
      ListInstancesResponse answer =
          stub.listInstances(
              ListInstancesRequest.newBuilder().setClusterId(clusterId).setPageToken(page).build());
      answer.getInstancesList().stream()
          .filter(instance -> namespace.isEmpty() || instance.getNamespace().equals(namespace))
          .forEach(all::addInstances);
      all.setRevision(answer.getRevision());
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return all.build();
  }

  static String table(ListInstancesResponse answer, Instant now) {
    if (answer.getInstancesCount() == 0) {
      return "The cloud has no instances of this cluster.\n";
    }
    var table =
        new Table(
            "NAMESPACE", "POD", "PHASE", "TYPE", "ZONE", "ADDRESS", "PRICE/H", "AGE", "INSTANCE");
    List<Instance> sorted =
        answer.getInstancesList().stream()
            .sorted(Comparator.comparing(Instance::getNamespace).thenComparing(Instance::getName))
            .toList();
    for (Instance instance : sorted) {
      table.row(
          instance.getNamespace(),
          instance.getName(),
          phase(instance),
          instance.getInstanceType(),
          instance.getZone(),
          instance.getAddressesCount() == 0 ? "" : instance.getAddresses(0),
          Money.perHour(instance.getPrice()) + (instance.getSpot() ? " spot" : ""),
          Age.of(
              Duration.between(Instant.ofEpochSecond(instance.getCreateTime().getSeconds()), now)),
          instance.getInstanceId());
    }
    return table.toString();
  }

  private static String phase(Instance instance) {
    String name = instance.getPhase().name().replace("INSTANCE_PHASE_", "");
    String phase = name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    return instance.hasStopTime() ? phase + ", stopping" : phase;
  }
}
