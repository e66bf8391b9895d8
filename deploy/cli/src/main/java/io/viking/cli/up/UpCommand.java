package io.viking.cli.up;

import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.PlacementOptions;
import io.viking.cli.SimulatedCloudOptions;
import io.viking.cli.StreamingOptions;
import io.viking.cli.kubeconfig.UserKubeconfig;
import io.viking.cli.logging.LogFormat;
import io.viking.cli.server.ServerOptions;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    header = "Start the cluster: API server, simulated cloud, and the loops between them.",
    description = {
      "Stays until Ctrl-C, and goes on where it was when started again. The first start on a machine"
          + " builds Kubernetes from its published sources, once, unless there is a Docker engine.",
      "Ctrl-C stops cleanly; a second one ends at once, and the next start takes over what still"
          + " runs."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking up                                  stays until Ctrl-C",
      "  viking up --detach                         returns when the cluster is ready",
      "  viking up --profile eci                    start times, quotas and prices of a real cloud",
      "  viking up --profile my.yaml --seed 7       a cloud of one's own, repeatable",
      "  viking up --data-dir /tmp/a --detach       a second cluster beside the first",
      "  viking up --apart                          each part in a process of its own",
      "  viking up --replicas 2                     two syncers and two schedulers, one of each leads",
      "  viking up --hybrid                         kube-scheduler too, for real nodes that join",
      "  viking up --kubeconfig ~/.kube/config      pods of an API server that runs already"
    })
public final class UpCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(
      names = {"-d", "--detach"},
      description = "Run in the background, and return when the cluster is ready.")
  private boolean detach;

  @Option(
      names = "--merge",
      description = "When ready, add the context \"viking\" to your own kubeconfig.")
  private boolean merge;

  @Option(
      names = "--background",
      hidden = true,
      description = "Set by --detach on the process that it starts.")
  private boolean background;

  @ArgGroup(validate = false, heading = "%nThe API server:%n")
  private ControlPlaneFlags controlPlane = new ControlPlaneFlags();

  @ArgGroup(validate = false, heading = "%nThe scheduler:%n")
  private PlacementOptions placement = new PlacementOptions();

  @ArgGroup(validate = false, heading = "%nThe simulated cloud:%n")
  private SimulatedCloudOptions cloud = new SimulatedCloudOptions();

  @ArgGroup(validate = false, heading = "%nExec, attach and port-forward:%n")
  private StreamingOptions streaming = new StreamingOptions();

  @ArgGroup(validate = false, heading = "%nLogs and metrics:%n")
  private ObservationFlags observation = new ObservationFlags();

  @ArgGroup(validate = false, heading = "%nThe processes:%n")
  private ApartFlags apart = new ApartFlags();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** What can be seen of it. */
  static final class ObservationFlags {
    @Option(
        names = "--log-format",
        paramLabel = "FORMAT",
        defaultValue = "text",
        description =
            "${COMPLETION-CANDIDATES}: for people or for machines (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LogFormat logFormat;

    @Option(
        names = {"-v", "--verbose"},
        description = "Show on the console what otherwise is in logs/viking.log only.")
    private boolean verbose;

    @Option(
        names = "--http-port",
        paramLabel = "PORT",
        defaultValue = "0",
        description =
            "Of /metrics, /healthz, /readyz and /status on 127.0.0.1 (default: any free one).")
    private int httpPort;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataDirectory directory = cluster.directory();
    ServerOptions options = options(directory);
    var ready = new Ready(spec.commandLine().getOut(), cluster.flag(), this::mergeIfAsked);
    if (detach && !background) {
      List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
      return new Detached(directory, ready).start(arguments);
    }
    if (directory.owner().isPresent()) {
      throw new CommandFailure(
          "%s is in use by process %d: \"viking status%s\" shows what it does, \"viking down%s\" stops it."
              .formatted(
                  directory.path(), directory.owner().get().pid(), cluster.flag(), cluster.flag()));
    }
    if (background) {
      Session.leave();
    }
    return new Foreground(options, ready, observation.logFormat, observation.verbose, background)
        .run();
  }

  private ServerOptions options(DataDirectory directory) {
    try {
      return new ServerOptions(
          directory,
          controlPlane.options(),
          placement.policy(),
          cloud.profile(),
          cloud.seed(),
          observation.httpPort,
          controlPlane.choicePolicy(),
          controlPlane.door(),
          streaming.idle(),
          apart.options(cloud.profileName(), observation.logFormat));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private void mergeIfAsked(StatusReport status) throws IOException {
    if (merge) {
      UserKubeconfig.resolve(Environment.system()).merge(Path.of(status.kubeconfig()));
    }
  }
}
