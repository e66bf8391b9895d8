package io.viking.adapter.sim.shell.command;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.shell.io.Input;
import java.io.IOException;
import java.util.List;

/** {@code wc [-c | -l | -w] [FILE]}. */
final class WordCount implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    List<String> options = call.arguments().stream().filter(a -> a.matches("-.+")).toList();
    List<String> operands = call.arguments().stream().filter(a -> !a.matches("-.+")).toList();
    if (!List.of("-c", "-l", "-w").containsAll(options) || options.size() > 1) {
      throw UsageError.option(String.join(" ", options), "one of -c, -l and -w");
    }
    if (operands.size() > 1) {
      throw new UsageError("one file at a time");
    }
    long bytes = 0;
    long lines = 0;
    long words = 0;
    boolean inWord = false;
    Input input = Reading.input(call, operands.isEmpty() ? "-" : operands.getFirst());
    for (ByteString piece = input.read(); !piece.isEmpty(); piece = input.read()) {
      bytes += piece.size();
      for (byte b : piece) {
        lines += b == '\n' ? 1 : 0;
        boolean blank = b == ' ' || (b >= '\t' && b <= '\r');
        words += !blank && !inWord ? 1 : 0;
        inWord = !blank;
      }
    }
    String counted =
        switch (options.isEmpty() ? "" : options.getFirst()) {
          case "-c" -> Long.toString(bytes);
          case "-l" -> Long.toString(lines);
          case "-w" -> Long.toString(words);
          default -> lines + " " + words + " " + bytes;
        };
    call.streams()
        .out()
        .print(operands.isEmpty() ? counted + "\n" : counted + " " + operands.getFirst() + "\n");
    return 0;
  }
}
