package io.viking.cli.bench;

import com.google.common.hash.Hashing;
import io.viking.bench.CompareBench;
import io.viking.bench.StormSettings;
import io.viking.bench.process.ObservedProcess;
import io.viking.bench.report.BenchReport;
import io.viking.bench.rival.RivalDirectory;
import io.viking.bench.rival.RivalSettings;
import io.viking.bench.rival.Rivals;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchTarget;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.output.ConsoleProgress;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.upstream.Binaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    header = "Run the same storm on Viking and on kube-scheduler + KWOK.",
    description = {
      "Both next to the floor, on the same API server, in the same run: while one is measured the other"
          + " holds still. kube-scheduler is that of the cluster's Kubernetes, with a profile of its own;"
          + " KWOK plays the kubelets of twelve big nodes. They are built from their published Go modules"
          + " the first time, which takes minutes, and run as children of this command.",
      "KWOK never asks for the ServiceAccount token that a kubelet mounts into a pod. So a storm with"
          + " tokens spares it a write for each pod that Viking and the floor make; the default is without.",
      "Leaves nothing behind. Exit code 0: all was measured and no pod was lost."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking bench compare                             500 pods of a Deployment",
      "  viking bench compare --pods 10000 --mode bare    created by the client itself"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int KEY_LENGTH = 12;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private BenchClusterOption cluster;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StormOptions storm;

  @Option(
      names = "--token",
      paramLabel = "USE",
      defaultValue = "without",
      description =
          "Whether pods mount a ServiceAccount token: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StormOptions.Tokens tokens;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How often each side and the floor are measured, in turn; the best counts, and the mean is"
              + " told (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--kwok-parallelism",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "How many pods KWOK works on at once; its own default is 4 (default: ${DEFAULT-VALUE}).")
  private int kwokParallelism;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private BenchRunOptions run;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (kwokParallelism < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--kwok-parallelism=%d: KWOK works on at least one pod at once."
              .formatted(kwokParallelism));
    }
    StormSettings settings;
    RivalSettings best;
    try {
      settings = storm.settings(tokens, times, run.keepGoing());
      best = RivalSettings.bestFor(settings.pods()).withPodsAtOnce(kwokParallelism);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    BenchTarget target = cluster.target();
    Rivals rivals = rivals(target.kubeconfig().toAbsolutePath(), best);
    BenchReport report =
        run.measure(
            new BenchTarget(target.kubeconfig(), () -> processes(target, rivals), target.cloud()),
            session -> new CompareBench(session, settings, rivals).run());
    run.print(spec.commandLine().getOut(), report);
    return report.isClean() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Builds them if need be, before anything is measured or made. */
  private static Rivals rivals(Path kubeconfig, RivalSettings settings)
      throws InterruptedException {
    Environment environment = Environment.system();
    var progress =
        new ConsoleProgress(System.err, Boolean.getBoolean("viking.terminal"), Clock.systemUTC());
    try {
      Binaries binaries = Rivals.binaries(environment, progress);
      return new Rivals(
          kubeconfig, binaries, directory(environment, kubeconfig), settings, environment);
    } catch (BenchFailure failed) {
      throw new CommandFailure(failed.sentence(), failed);
    } finally {
      progress.done();
    }
  }

  /** One per cluster, as far as kubeconfigs tell. */
  private static RivalDirectory directory(Environment environment, Path kubeconfig) {
    String key =
        Hashing.sha256()
            .hashString(kubeconfig.toString(), StandardCharsets.UTF_8)
            .toString()
            .substring(0, KEY_LENGTH);
    return new RivalDirectory(
        BinaryCache.resolve(environment).root().resolve("compare").resolve(key));
  }

  private static List<ObservedProcess> processes(BenchTarget target, Rivals rivals) {
    return Stream.concat(target.processes().get().stream(), rivals.processes().stream()).toList();
  }
}
