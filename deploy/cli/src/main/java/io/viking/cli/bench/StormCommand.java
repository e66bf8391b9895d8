package io.viking.cli.bench;

import io.viking.bench.StormBench;
import io.viking.bench.StormSettings;
import io.viking.bench.report.BenchReport;
import io.viking.bench.workload.Mode;
import io.viking.bench.workload.TokenUse;
import io.viking.cli.ExitCode;
import java.io.IOException;
import java.util.List;
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

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int pods;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "deployment",
      description =
          "Who creates them: ${COMPLETION-CANDIDATES}; bare is the client itself (default:"
              + " ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Mode mode;

  @Option(
      names = "--token",
      paramLabel = "USE",
      defaultValue = "both",
      description =
          "Whether pods mount a ServiceAccount token, one write each: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Tokens tokens;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Pods that storm and floor begin with, unmeasured; 0 for none (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--widths",
      paramLabel = "N,N,N",
      split = ",",
      defaultValue = "16,48,128",
      description =
          "How many pods the floor has under way at once; each is run, and the best counts"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<Integer> widths;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private BenchRunOptions run;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** Which rounds are run. */
  enum Tokens {
    BOTH(List.of(TokenUse.WITH, TokenUse.WITHOUT)),
    WITH(List.of(TokenUse.WITH)),
    WITHOUT(List.of(TokenUse.WITHOUT));

    private final List<TokenUse> uses;

    Tokens(List<TokenUse> uses) {
      this.uses = uses;
    }

    List<TokenUse> uses() {
      return uses;
    }
  }

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
      return new StormSettings(pods, mode, tokens.uses(), widths, warmUp, run.keepGoing());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
