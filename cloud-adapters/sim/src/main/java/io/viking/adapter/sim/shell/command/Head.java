package io.viking.adapter.sim.shell.command;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.shell.io.Input;
import java.io.IOException;
import java.util.Optional;

/** {@code head [-n LINES | -c BYTES] [FILE]}. */
final class Head implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    Count count = Count.parse(call.arguments(), "10");
    Input input = Reading.input(call, count.operand());
    long left = UsageError.number(count.text());
    while (left > 0 && count.bytes()) {
      ByteString piece = input.read((int) Math.min(Integer.MAX_VALUE, left));
      if (piece.isEmpty()) {
        return 0;
      }
      call.streams().out().write(piece);
      left -= piece.size();
    }
    for (; left > 0; left--) {
      Optional<String> line = input.line();
      if (line.isEmpty()) {
        return 0;
      }
      call.streams().out().print(line.get() + "\n");
    }
    return 0;
  }
}
