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
import java.util.Optional;

/**
 * The commands of {@code viking}. To describe all of them to the parser takes ten times as long as
 * to describe one, and half of what a short command takes: who knows which one is asked for gives
 * the parser that one alone.
 */
final class Subcommands {
  private Subcommands() {}

  /** The one that a command line names and that can do without the others. */
  static Optional<Class<?>> asked(String... arguments) {
    for (String argument : arguments) {
      // Of the options before it only this one leaves the answer to the command itself.
      if (!argument.equals("--debug")) {
        return argument.equals("completion") ? Optional.empty() : find(argument);
      }
    }
    return Optional.empty();
  }

  /** A class is loaded when its branch is taken. */
  static Optional<Class<?>> find(String name) {
    return switch (name) {
      case "up" -> Optional.of(UpCommand.class);
      case "down" -> Optional.of(DownCommand.class);
      case "status" -> Optional.of(StatusCommand.class);
      case "logs" -> Optional.of(LogsCommand.class);
      case "reset" -> Optional.of(ResetCommand.class);
      case "kubectl" -> Optional.of(KubectlCommand.class);
      case "kubeconfig" -> Optional.of(KubeconfigCommand.class);
      case "explain" -> Optional.of(ExplainCommand.class);
      case "cloud" -> Optional.of(CloudCommand.class);
      case "bench" -> Optional.of(BenchCommand.class);
      case "simulate" -> Optional.of(SimulateCommand.class);
      case "scheduler" -> Optional.of(SchedulerCommand.class);
      case "syncer" -> Optional.of(SyncerCommand.class);
      case "adapter" -> Optional.of(AdapterCommand.class);
      case "version" -> Optional.of(VersionCommand.class);
      case "completion" -> Optional.of(CompletionCommand.class);
      default -> Optional.empty();
    };
  }
}
