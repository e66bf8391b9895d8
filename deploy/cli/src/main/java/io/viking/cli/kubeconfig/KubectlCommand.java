package io.viking.cli.kubeconfig;

import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.process.Signals;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "kubectl",
    header = "Run the kubectl of the same version on this cluster.",
    description = {
      "Everything after \"kubectl\" is kubectl's, as it stands; only --data-dir, --debug and --help"
          + " before its first word are viking's. The exit code is kubectl's."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking kubectl get pods -A",
      "  viking kubectl create deployment web --image=nginx --replicas=20",
      "  viking kubectl logs -f deployment/web",
      "  viking kubectl get --help        kubectl's own help"
    })
public final class KubectlCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Parameters(arity = "0..*", paramLabel = "ARGS", description = "kubectl's arguments.")
  private List<String> arguments = List.of();

  /** What kubectl is told begins with its first word, and is not ours to understand. */
  public static void takeArgumentsAsTheyAre(CommandLine command) {
    command.setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path kubeconfig = KubeconfigCommand.existing(cluster);
    DataDirectory directory = cluster.directory();
    if (directory.owner().isEmpty()
        && directory.mode().filter(mode -> mode != ControlPlaneMode.EXTERNAL).isPresent()) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING,
          "nothing runs on %s: start it with \"viking up%s\"."
              .formatted(directory.path(), cluster.flag()));
    }
    Environment environment = Environment.system();
    var command = new ArrayList<String>();
    command.add(ControlPlanes.kubectl(BinaryCache.resolve(environment), environment).toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    // The terminal sends Ctrl-C to both; kubectl decides what it means, and we wait for it.
    Signals.ignoreInterrupt();
    return builder.start().waitFor();
  }
}
