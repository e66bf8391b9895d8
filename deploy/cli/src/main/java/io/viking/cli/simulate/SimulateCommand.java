package io.viking.cli.simulate;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.simulation.Simulation;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate",
    header = "Play faults, deaths and users against the loops in virtual time, from a seed.",
    description = {
      "Runs the scheduler, the syncer and the simulated cloud in one thread and in virtual time"
          + " against a model of the API server. Messages are lost, late and doubled, processes are"
          + " killed between any two steps, and users make and delete pods, all as the seed decides."
          + " After each step and after each quiet what must always hold is checked. Needs no cluster;"
          + " the same seed and steps give the same run."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking simulate                              a million steps from a fresh seed",
      "  viking simulate --seed 7 --steps 200000      the same again",
      "  viking simulate --seeds 50 --steps 200000    fifty seeds, one after the other"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of the first run; the next has the next number. Default: a fresh one, printed.")
  private @Nullable Long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "Of each run, at least: it goes on to the end of a round (default: ${DEFAULT-VALUE}).")
  private long steps;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many runs (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    positive("--steps", steps);
    positive("--seeds", seeds);
    PrintWriter out = spec.commandLine().getOut();
    long first = seed == null ? System.nanoTime() % 1_000_000_000 : seed;
    var text = new SimulationText();
    long begun = System.nanoTime();
    long begunOnProcessor = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < seeds; i++) {
      Simulation.Outcome outcome = Simulation.run(first + i, steps);
      out.println(text.line(outcome));
      out.flush();
      if (outcome.breach().isPresent()) {
        Simulation.Breach breach = outcome.breach().get();
        breach.trace().forEach(out::println);
        out.flush();
        throw new CommandFailure(SimulationText.sentence(outcome.seed(), breach));
      }
    }
    out.println(
        text.total(
            Duration.ofNanos(System.nanoTime() - begun),
            Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begunOnProcessor)));
    out.flush();
    return ExitCode.OK;
  }

  private static void positive(String option, long value) {
    if (value < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s=%d: must be at least 1.".formatted(option, value));
    }
  }
}
