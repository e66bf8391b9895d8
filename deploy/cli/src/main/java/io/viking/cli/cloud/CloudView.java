package io.viking.cli.cloud;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.output.OutputFormat;
import io.viking.cli.server.AdapterAccess;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands about the cloud share: the connection to it, and how answers are printed. */
public final class CloudView {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputFormat output;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** A call of the contract. */
  interface Question<T extends MessageOrBuilder> {
    T ask(ManagedChannel channel, String clusterId);
  }

  /** How an answer reads as text. */
  interface Answer<T extends MessageOrBuilder> {
    String text(T answer);
  }

  /**
   * Asks the cloud and prints its answer.
   *
   * @throws CommandFailure if nothing runs, or the cloud does not answer
   */
  <T extends MessageOrBuilder> int show(Question<T> question, Answer<T> answer) throws IOException {
    StatusReport report =
        StatusClient.ask(cluster.directory())
            .filter(status -> !status.adapter().isEmpty() && !status.clusterId().isEmpty())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.NOT_RUNNING,
                        "no cloud is served on %s: start it with \"viking up%s\"."
                            .formatted(cluster.directory().path(), cluster.flag())));
    try (AdapterChannel channel = access().open(report.adapter())) {
      T value = question.ask(channel.channel(), report.clusterId());
      print(
          switch (output) {
            case TABLE -> answer.text(value);
            case JSON -> json(value);
          });
    } catch (StatusRuntimeException e) {
      throw new CommandFailure(
          "the cloud at %s answered %s.".formatted(report.adapter(), e.getStatus()), e);
    }
    return ExitCode.OK;
  }

  private AdapterAccess access() {
    return new AdapterAccess(cluster.directory(), Clock.systemUTC());
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  private static String json(MessageOrBuilder value) throws InvalidProtocolBufferException {
    return JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(value) + "\n";
  }
}
