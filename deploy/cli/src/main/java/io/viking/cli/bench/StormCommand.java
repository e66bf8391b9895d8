package io.viking.cli.bench;

import io.viking.bench.StormBench;
import io.viking.bench.StormSettings;
import io.viking.bench.report.BenchReport;
import io.viking.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "storm",
    header = "Bring many pods to Running at once, and delete them.",
    description = {
      "Measures pods per second from the first create to the last Running, as a client sees it over a"
          + " watch, and the deletion; next to the floor: the same pods taken there by a bare client"
          + " with the least calls there are, on the same API server, in the same run, while Viking's"
          + " loops hold still. The ratio is the figure: the machine's speed cancels out.",
      "Leaves nothing behind. Exit code 0: all was measured and no pod was lost."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking bench storm                               500 pods of a Deployment",
      "  viking bench storm --pods 3000 --mode bare       created by the client itself",
      "  viking bench storm --kubeconfig ~/.kube/config   a cluster that runs elsewhere"
    })
final class StormCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private BenchClusterOption cluster;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StormOptions storm;

  @Option(
      names = "--token",
      paramLabel = "USE",
      defaultValue = "both",
      description =
          "Whether pods mount a ServiceAccount token, one write each: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StormOptions.Tokens tokens;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often storm and floor are measured, in turn; the best counts, and the mean is told"
              + " (default: ${DEFAULT-VALUE}).")
  private int times;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private BenchRunOptions run;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    StormSettings settings = settings();
    BenchReport report =
        run.measure(cluster.target(), session -> new StormBench(session, settings).run());
    run.print(spec.commandLine().getOut(), report);
    return report.isClean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private StormSettings settings() {
    try {
      return storm.settings(tokens, times, run.keepGoing());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
