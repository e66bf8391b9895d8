package io.viking.cli;

import io.viking.cli.alone.AdapterCommand;
import io.viking.cli.alone.SchedulerCommand;
import io.viking.cli.alone.SyncerCommand;
import io.viking.cli.bench.BenchCommand;
import io.viking.cli.cloud.CloudCommand;
import io.viking.cli.explain.ExplainCommand;
import io.viking.cli.kubeconfig.KubeconfigCommand;
import io.viking.cli.kubeconfig.KubectlCommand;
import io.viking.cli.lifecycle.DownCommand;
import io.viking.cli.lifecycle.LogsCommand;
import io.viking.cli.lifecycle.ResetCommand;
import io.viking.cli.lifecycle.StatusCommand;
import io.viking.cli.simulate.SimulateCommand;
import io.viking.cli.up.UpCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The commands of {@code viking}. To describe all sixteen to the parser takes 0.4 s of CPU, more
 * than a short command needs for all else: who knows which one is asked for gives the parser that
 * one alone.
 */
final class Subcommands {
  /** By name. A class is loaded when it is asked for. */
  private static final Map<String, Supplier<Class<?>>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("up", () -> UpCommand.class);
    ALL.put("down", () -> DownCommand.class);
    ALL.put("status", () -> StatusCommand.class);
    ALL.put("logs", () -> LogsCommand.class);
    ALL.put("reset", () -> ResetCommand.class);
    ALL.put("kubectl", () -> KubectlCommand.class);
    ALL.put("kubeconfig", () -> KubeconfigCommand.class);
    ALL.put("explain", () -> ExplainCommand.class);
    ALL.put("cloud", () -> CloudCommand.class);
    ALL.put("bench", () -> BenchCommand.class);
    ALL.put("simulate", () -> SimulateCommand.class);
    ALL.put("scheduler", () -> SchedulerCommand.class);
    ALL.put("syncer", () -> SyncerCommand.class);
    ALL.put("adapter", () -> AdapterCommand.class);
    ALL.put("version", () -> VersionCommand.class);
    ALL.put("completion", () -> CompletionCommand.class);
  }

  private Subcommands() {}

  static List<Class<?>> all() {
    return ALL.values().stream().<Class<?>>map(Supplier::get).toList();
  }

  /** Those that the parser must know for a command line: one if it can do without the others. */
  static List<Class<?>> of(String... arguments) {
    for (String argument : arguments) {
      // Of the options before a command only this one leaves the answer to the command itself.
      if (!argument.equals("--debug")) {
        Supplier<Class<?>> one = argument.equals("completion") ? null : ALL.get(argument);
        return one == null ? all() : List.of(one.get());
      }
    }
    return all();
  }
}
