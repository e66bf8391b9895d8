package io.viking.cli.cloud;

import io.grpc.ManagedChannel;
import io.viking.adapter.sim.v1.ReclaimRequest;
import io.viking.cli.CommandFailure;
import io.viking.cli.output.Age;
import io.viking.cloud.v1.Instance;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reclaim",
    header = "Take a spot instance of the simulated cloud back, as a real one does.",
    description =
        "The pod is told first, and its instance ends when the notice of the profile is over"
            + " (spot.noticeSeconds), protected or not.",
    footerHeading = "%nExamples:%n",
    footer = {"  viking cloud reclaim web-0", "  viking cloud reclaim -n shop web-0"})
final class ReclaimCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SimulatedCloud cloud;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      defaultValue = "default",
      description = "Of the pod (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String namespace;

  @Parameters(
      index = "0",
      paramLabel = "POD",
      description = "Name of the pod whose instance is taken.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String pod;

  @Override
  public Integer call() throws IOException {
    return cloud.operate(
        (operator, channel, clusterId) -> {
          Instance instance = find(channel, clusterId);
          operator.reclaim(
              ReclaimRequest.newBuilder()
                  .setClusterId(clusterId)
                  .setUid(instance.getUid())
                  .build());
          Instance asked =
              list(channel, clusterId).stream()
                  .filter(seen -> seen.getUid().equals(instance.getUid()))
                  .findFirst()
                  .orElse(instance);
          return sentence(namespace, pod, asked, Clock.systemUTC().instant());
        });
  }

  /**
   * @param instance as it is after it was asked to leave
   */
  static String sentence(String namespace, String pod, Instance instance, Instant now) {
    Instant at = Instant.ofEpochSecond(instance.getReclaimTime().getSeconds());
    return "Instance %s of pod %s/%s will be taken back%s."
        .formatted(
            instance.getInstanceId(),
            namespace,
            pod,
            instance.hasReclaimTime()
                ? " at %s, in %s".formatted(at, Age.of(Duration.between(now, at)))
                : "");
  }

  private List<Instance> list(ManagedChannel channel, String clusterId) {
    return InstancesCommand.list(channel, clusterId, namespace).getInstancesList().stream()
        .filter(instance -> instance.getName().equals(pod) && !instance.hasEndTime())
        .toList();
  }

  private Instance find(ManagedChannel channel, String clusterId) {
    List<Instance> found = list(channel, clusterId);
    if (found.isEmpty()) {
      throw new CommandFailure(
          "pod %s/%s has no instance that runs: \"viking cloud instances -n %s\" lists those there are."
              .formatted(namespace, pod, namespace));
    }
    if (!found.getFirst().getSpot()) {
      throw new CommandFailure(
          "pod %s/%s runs on demand: only spot instances are taken back."
              .formatted(namespace, pod));
    }
    return found.getFirst();
  }
}
