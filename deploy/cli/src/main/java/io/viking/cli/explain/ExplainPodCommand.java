package io.viking.cli.explain;

import com.google.gson.GsonBuilder;
import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.output.OutputFormat;
import io.viking.cli.parts.Explained;
import io.viking.cli.server.ExplainClient;
import io.viking.scheduler.loop.PodExplanation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "pod",
    header = "Say zone by zone what the scheduler makes of a pod.",
    description = {
      "Asks the running scheduler what each of its filters says to each zone, what each score costs"
          + " there, and where the pod would go now. Its own place is left out of all counts, so that"
          + " a pod that runs is not in its own way."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking explain pod web-0",
      "  viking explain pod web-0 -n shop -o json | jq '.zones[] | select(.rank == 1)'"
    })
final class ExplainPodCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The pod.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String name;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      defaultValue = "default",
      description = "Of the pod (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String namespace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputFormat output;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    Explained explained =
        ExplainClient.ask(cluster.directory(), namespace, name)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.NOT_RUNNING,
                        "nothing runs on %s: start it with \"viking up%s\"."
                            .formatted(cluster.directory().path(), cluster.flag())));
    return switch (explained) {
      case Explained.Pod(var explanation) -> print(explanation);
      case Explained.NoSuchPod() ->
          throw new CommandFailure(
              "pods \"%s\" not found in namespace \"%s\".".formatted(name, namespace));
      case Explained.NoAnswer(String why) ->
          throw new CommandFailure(
              "%s: \"viking status%s\" shows how it is.".formatted(why, cluster.flag()));
    };
  }

  private int print(PodExplanation explanation) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (output) {
          case TABLE -> ExplainText.of(explanation);
          case JSON ->
              new GsonBuilder()
                      .disableHtmlEscaping()
                      .setPrettyPrinting()
                      .create()
                      .toJson(explanation)
                  + "\n";
        });
    out.flush();
    return ExitCode.OK;
  }
}
