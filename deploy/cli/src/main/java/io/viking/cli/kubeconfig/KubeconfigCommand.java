package io.viking.cli.kubeconfig;

import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "kubeconfig",
    header = "Print the cluster's kubeconfig, or put it into yours.",
    description =
        "The kubeconfig makes its owner the cluster's administrator. Yours is changed only by"
            + " --merge.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  export KUBECONFIG=$(viking kubeconfig --path)    kubectl and Helm in this shell",
      "  viking kubeconfig --merge                        adds the context \"viking\" to yours",
      "  kubectl --context viking get nodes"
    })
public final class KubeconfigCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @ArgGroup private @Nullable Instead instead;

  /** What to do instead of printing the file; one at most. */
  static final class Instead {
    @Option(names = "--path", description = "Print the path of the file only.")
    private boolean path;

    @Option(
        names = "--merge",
        description =
            "Add cluster, user and context \"viking\" to $$KUBECONFIG or ~/.kube/config. What is"
                + " there stays, and is copied to FILE.before-viking first.")
    @SuppressWarnings("UnusedVariable") // the only other one
    private boolean merge;
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path ours = existing(cluster);
    var out = spec.commandLine().getOut();
    if (instead == null) {
      out.print(Files.readString(ours));
    } else if (instead.path) {
      out.println(ours);
    } else {
      var theirs = UserKubeconfig.resolve(Environment.system());
      theirs.merge(ours);
      out.println(
          "%s has the context \"%s\": kubectl --context %s get nodes"
              .formatted(theirs.file(), KubeconfigMerge.NAME, KubeconfigMerge.NAME));
    }
    out.flush();
    return ExitCode.OK;
  }

  /**
   * The administrator's kubeconfig, if a cluster was ever started. Of a cluster that is not ours it
   * is the one that {@code up} was given, which the running process knows.
   */
  static Path existing(ClusterOption cluster) {
    DataDirectory directory = cluster.directory();
    Path file =
        StatusClient.ask(directory)
            .map(StatusReport::kubeconfig)
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .orElseGet(directory::adminKubeconfig);
    if (!Files.exists(file)) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING,
          "there is no cluster in %s yet: start it with \"viking up%s\"."
              .formatted(directory.path(), cluster.flag()));
    }
    return file;
  }
}
