package io.viking.cli.alone;

import io.viking.cli.PlacementOptions;
import io.viking.cli.parts.LoopsConfig;
import io.viking.scheduler.SchedulerConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "scheduler",
    header = "Run the scheduler alone: it gives each pod a zone.",
    description = {
      "Binds the pods that name it to availability zones of the adapter's cloud, as kube-scheduler"
          + " does to nodes. Waits for the API server and the adapter, whichever is not there yet, and"
          + " outlives the absence of either. One per cluster and name, or several with"
          + " --leader-elect.",
      "\"viking up\" runs it already: in its own process, or with --apart as this one."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking scheduler --kubeconfig loops.kubeconfig --adapter unix:/run/viking/cloud.sock",
      "  viking scheduler --kubeconfig loops.kubeconfig --adapter tcp:cloud.example:7443 \\",
      "    --tls-cert me.crt --tls-key me.key --tls-ca ca.crt",
      "",
      "Where no kube-scheduler runs, take the pods that name no scheduler, too:",
      "  viking scheduler ... --scheduler-name viking,default-scheduler"
    })
public final class SchedulerCommand implements Callable<Integer> {
  @Option(
      names = "--scheduler-name",
      paramLabel = "NAME",
      defaultValue = "viking",
      split = ",",
      description =
          "Pods with one of these as spec.schedulerName are ours; \"default-scheduler\" only where no"
              + " kube-scheduler runs (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<String> schedulerNames;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private PlacementOptions placement;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private PeerFlags peers;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ProcessFlags process;

  @ArgGroup(validate = false, heading = "%nSeveral of them:%n")
  private ElectionFlags election = new ElectionFlags();

  @Override
  public Integer call() throws IOException {
    var config =
        new LoopsConfig(
            "viking-scheduler",
            peers.kubeconfig(),
            LoopsConfig.FOREVER,
            Optional.of(
                SchedulerConfig.DEFAULTS
                    .withSchedulerNames(Set.copyOf(schedulerNames))
                    .withPolicy(placement.policy())),
            Optional.empty(),
            election.ofWhole("viking-scheduler"));
    return PartProcess.run("scheduler", new LoopsPart(config, peers), process);
  }
}
