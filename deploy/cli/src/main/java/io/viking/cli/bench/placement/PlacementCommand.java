package io.viking.cli.bench.placement;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "placement",
    header = "Replay a day of pods: money and spread of each placement policy.",
    description = {
      "Replays a trace against prices and stock that move, in virtual time and with the scheduler's own"
          + " decisions, for the policies spread and cheapest and for random and round-robin placement:"
          + " what was spent, who had to wait, and how much of a workload was in one zone. Needs no"
          + " cluster; the same seed gives the same result."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking bench placement                       a day from the seed",
      "  viking bench placement --seed 7 --json -",
      "  viking bench placement --trace pods.csv      lines " + TraceFile.COLUMNS,
    })
public final class PlacementCommand implements Callable<Integer> {
  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "What comes and goes: lines "
              + TraceFile.COLUMNS
              + ", such as 60,web,+10,1,2,no; the time is in seconds. Default: a day of web, batch and"
              + " CI from the seed.")
  private @Nullable Path trace;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of prices, stock and the day (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the results for machines there; - for standard output, instead of text.")
  private @Nullable Path json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    PlacementReport report =
        PlacementBench.run(trace == null ? PlacementBench.day(seed) : TraceFile.read(trace), seed);
    boolean toOut = json != null && json.toString().equals("-");
    PrintWriter out = spec.commandLine().getOut();
    out.print(toOut ? report.json() : report.text());
    out.flush();
    if (json != null && !toOut) {
      write(json, report.json());
    }
    return ExitCode.OK;
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--json=%s: cannot be written; name another file.".formatted(file));
    }
  }
}
