package io.viking.cli.cloud;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.output.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that show the cloud share: whom they ask, and how answers are printed. */
public final class CloudView {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudLink link;

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

  /** How an answer reads as text. */
  interface Answer<T extends MessageOrBuilder> {
    String text(T answer);
  }

  /**
   * Asks the cloud and prints its answer.
   *
   * @throws CommandFailure if nothing runs, or the cloud does not answer
   */
  <T extends MessageOrBuilder> int show(CloudLink.Question<T> question, Answer<T> answer)
      throws IOException {
    T value = link.ask(question);
    print(
        switch (output) {
          case TABLE -> answer.text(value);
          case JSON -> json(value);
        });
    return ExitCode.OK;
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
