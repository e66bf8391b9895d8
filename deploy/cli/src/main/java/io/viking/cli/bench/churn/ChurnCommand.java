package io.viking.cli.bench.churn;

import io.viking.bench.churn.ChurnBench;
import io.viking.bench.churn.ChurnReport;
import io.viking.bench.churn.ChurnSettings;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;
import io.viking.cli.ExitCode;
import io.viking.cli.bench.BenchClusterOption;
import io.viking.cli.bench.BenchRun;
import io.viking.cli.bench.SingleRunOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "churn",
    header = "How long one pod takes to be Ready while others come and go at a steady rate.",
    description = {
      "Brings pods up that stay, then creates so many each second, deletes each after five seconds, and"
          + " measures from the client's create call to the watch event that says Ready. A pod is"
          + " created when it is due, however long those before it take. Leaves nothing behind."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  viking bench churn", "  viking bench churn --present 0 --rate 5 --seconds 30"})
public final class ChurnCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private BenchClusterOption cluster;

  @Option(
      names = "--present",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Pods that stay meanwhile (default: ${DEFAULT-VALUE}).")
  private int present;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "Pods created each second, and as many deleted (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long before one counts (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long is measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--token",
      description = "The pods mount a ServiceAccount token, which is one write more for each.")
  private boolean token;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SingleRunOptions run;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    Duration patience = run.stallAfter();
    ChurnSettings settings = settings();
    ChurnReport report =
        BenchRun.measure(
            cluster.target(), patience, session -> new ChurnBench(session, settings).run());
    run.print(spec.commandLine().getOut(), report, ChurnText::of, ChurnJson::of);
    return ExitCode.OK;
  }

  private ChurnSettings settings() {
    try {
      return new ChurnSettings(
          present,
          rate,
          Duration.ofSeconds(warmUp),
          Duration.ofSeconds(seconds),
          token ? TokenUse.WITH : TokenUse.WITHOUT,
          PodPlacement.by("viking"));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
