package io.viking.cli.bench.endpoints;

import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.bench.endpoints.EndpointBench;
import io.viking.bench.endpoints.EndpointReport;
import io.viking.bench.endpoints.EndpointSettings;
import io.viking.cli.ClusterOption;
import io.viking.cli.ExitCode;
import io.viking.cli.bench.BenchRun;
import io.viking.cli.bench.LocalCluster;
import io.viking.cli.bench.SingleRunOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "endpoints",
    header = "Change the pods behind a Service, in clusters of several sizes.",
    description = {
      "Deletes and creates pods of one Service with a load balancer and of one headless Service, one after"
          + " the other, while so many pods of other Services are there, and counts the calls to the cloud,"
          + " their bytes, and the time from the EndpointSlice to the cloud; next to what a fleet of"
          + " kube-proxies would be sent. Then fills a Service that has no pods.",
      "Half of the Services have a load balancer, half are headless. Needs the parts in one process"
          + " (\"viking up\" without --apart). Leaves nothing behind."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking bench endpoints",
      "  viking bench endpoints --sizes 1000,5000,10000 --changes 40"
    })
public final class EndpointsCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(
      names = "--sizes",
      paramLabel = "N,N,N",
      split = ",",
      defaultValue = "200,1000",
      description =
          "Pods present, one size after the other, each more than the one before (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<Integer> sizes;

  @Option(
      names = "--pods-per-service",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many each Service has (default: ${DEFAULT-VALUE}).")
  private int podsPerService;

  @Option(
      names = "--changes",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How often a pod goes or comes, for each kind at each size (default: ${DEFAULT-VALUE}).")
  private int changes;

  @Option(
      names = "--burst",
      paramLabel = "N",
      defaultValue = "500",
      description = "Pods of the Service that is filled at the end (default: ${DEFAULT-VALUE}).")
  private int burst;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "32",
      description = "Creates at once (default: ${DEFAULT-VALUE}).")
  private int width;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SingleRunOptions run;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    Duration patience = run.stallAfter();
    EndpointSettings settings = settings();
    LocalCluster local = LocalCluster.of(cluster, "");
    try (AdapterChannel channel = local.cloud()) {
      var view = new CloudNetwork(channel, local.status().clusterId());
      EndpointReport report =
          BenchRun.measure(
              local.target(),
              patience,
              session -> new EndpointBench(session, settings, view, local::metrics).run());
      run.print(spec.commandLine().getOut(), report, EndpointText::of, EndpointJson::of);
    }
    return ExitCode.OK;
  }

  private EndpointSettings settings() {
    try {
      return new EndpointSettings(sizes, podsPerService, changes, burst, width);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
