package io.viking.cli.lifecycle;

import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    header = "Print what a component logged; the logs of pods are \"viking kubectl logs\".",
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking logs                          scheduler, syncer and the simulated cloud",
      "  viking logs kube-apiserver -f        follow one process",
      "  viking logs etcd --tail -1           all of it"
    })
public final class LogsCommand implements Callable<Integer> {
  private static final String SUFFIX = ".log";
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMPONENT",
      defaultValue = "viking",
      description =
          "viking, console, etcd, kube-apiserver, kube-controller-manager, metrics-server; after \"up --hybrid\" also"
              + " kube-scheduler; after \"up --apart\" also simulated-cloud, syncer, scheduler (with --replicas syncer-1, scheduler-1 ...)"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String component;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is logged from now on, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--tail",
      paramLabel = "LINES",
      defaultValue = "100",
      description = "Only the last so many lines; -1: all (default: ${DEFAULT-VALUE}).")
  private long tail;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataDirectory directory = cluster.directory();
    Path file = directory.log(component);
    if (!Files.isRegularFile(file)) {
      throw missing(directory);
    }
    new LogFile(file).print(System.out, tail, follow, POLL);
    return ExitCode.OK;
  }

  private CommandFailure missing(DataDirectory directory) throws IOException {
    List<String> known = components(directory);
    if (known.isEmpty()) {
      return new CommandFailure(
          ExitCode.NOT_RUNNING,
          "nothing has run on %s yet: start it with \"viking up%s\"."
              .formatted(directory.path(), cluster.flag()));
    }
    return new CommandFailure(
        "there is no log of \"%s\" in %s: there are those of %s."
            .formatted(component, directory.logs(), String.join(", ", known)));
  }

  private static List<String> components(DataDirectory directory) throws IOException {
    if (!Files.isDirectory(directory.logs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory.logs())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }
}
