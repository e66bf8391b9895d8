package io.viking.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: its help, and the options that every one of {@link Subcommands} takes. */
@Command(
    name = "viking",
    header = "Viking: a Kubernetes without nodes.",
    versionProvider = VersionCommand.Lines.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "Runs a Kubernetes API server, and each pod as one container instance of a cloud. Nobody sees,"
          + " sizes or patches a machine.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; one sentence says why",
      "2:the command line was wrong",
      "3:nothing runs on this data directory",
      "69:Java or Maven is missing",
      "70:the build failed",
      "130:ended by Ctrl-C before it was done"
    },
    footerHeading = "%nTo begin:%n",
    footer = {
      "  viking up                       start, and stop with Ctrl-C",
      "  viking kubectl get nodes        the zones of the simulated cloud",
      "  viking kubectl create deployment web --image=nginx --replicas=20",
      "  viking cloud instances          what the cloud runs and bills for it",
      "",
      "\"viking COMMAND --help\" explains each with examples."
    })
final class VikingCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain this command.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "As \"viking version\".")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where a failure comes from (a stack trace).")
  private boolean debug;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  boolean debug() {
    return debug;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
