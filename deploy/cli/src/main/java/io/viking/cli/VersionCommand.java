package io.viking.cli;

import io.viking.controlplane.Versions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    header = "Print the versions of Viking, Kubernetes, the cloud contract and Java.")
final class VersionCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.println("viking      " + Version.viking());
    out.println("kubernetes  " + Versions.bundled().kubernetes());
    out.println("contract    viking.cloud.v1");
    out.println("java        " + Runtime.version());
    out.flush();
    return ExitCode.OK;
  }
}
