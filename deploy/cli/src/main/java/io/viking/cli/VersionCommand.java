package io.viking.cli;

import io.viking.controlplane.Versions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    versionProvider = VersionCommand.Lines.class,
    header = "Print the versions of Viking, Kubernetes, the cloud contract and Java.")
final class VersionCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().printVersionHelp(spec.commandLine().getOut());
    return ExitCode.OK;
  }

  /** For {@code viking --version}, too. */
  static final class Lines implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "viking      " + Version.viking(),
        "kubernetes  " + Versions.bundled().kubernetes(),
        "contract    viking.cloud.v1",
        "java        " + Runtime.version()
      };
    }
  }
}
