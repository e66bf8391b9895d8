package io.viking.adapter.sim.shell.command;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.shell.io.Input;
import io.viking.adapter.sim.shell.io.Sink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * {@code tail [-n LINES | -c BYTES] [FILE]}; with a plus sign before the number: from that one on.
 */
final class Tail implements Command {
  /** Of the end of what is read. */
  private static final int MOST_KEPT = 1 << 20;

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    Count count = Count.parse(call.arguments(), "10");
    Input input = Reading.input(call, count.operand());
    boolean from = count.text().startsWith("+");
    long number = UsageError.number(from ? count.text().substring(1) : count.text());
    Sink out = call.streams().out();
    if (from) {
      skip(input, number - 1, count.bytes());
      for (ByteString piece = input.read(); !piece.isEmpty(); piece = input.read()) {
        out.write(piece);
      }
    } else if (count.bytes()) {
      out.write(lastBytes(input, (int) Math.min(MOST_KEPT, number)));
    } else {
      Deque<String> last = new ArrayDeque<>();
      long kept = 0;
      for (Optional<String> line = input.line(); line.isPresent(); line = input.line()) {
        last.addLast(line.get());
        kept += line.get().length();
        while (last.size() > number || (kept > MOST_KEPT && last.size() > 1)) {
          kept -= last.removeFirst().length();
        }
      }
      for (String line : last) {
        out.print(line + "\n");
      }
    }
    return 0;
  }

  private static void skip(Input input, long number, boolean bytes)
      throws IOException, InterruptedException {
    for (long left = number; left > 0; ) {
      if (bytes) {
        ByteString piece = input.read((int) Math.min(Integer.MAX_VALUE, left));
        left = piece.isEmpty() ? 0 : left - piece.size();
      } else {
        left = input.line().isEmpty() ? 0 : left - 1;
      }
    }
  }

  private static ByteString lastBytes(Input input, int number)
      throws IOException, InterruptedException {
    ByteString last = ByteString.EMPTY;
    for (ByteString piece = input.read(); !piece.isEmpty(); piece = input.read()) {
      last = last.concat(piece);
      last = last.substring(Math.max(0, last.size() - number));
    }
    return last;
  }
}
