package io.viking.adapter.sim.shell.command;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.FileError;
import io.viking.adapter.sim.shell.io.Input;
import java.io.IOException;
import java.util.List;

/** {@code cat [FILE…]}. */
final class Cat implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    int exit = 0;
    for (String operand : call.arguments().isEmpty() ? List.of("-") : call.arguments()) {
      try {
        Input input = Reading.input(call, operand);
        for (ByteString piece = input.read(); !piece.isEmpty(); piece = input.read()) {
          call.streams().out().write(piece);
        }
      } catch (FileError e) {
        call.streams().err().print("cat: " + e.getMessage() + "\n");
        exit = 1;
      }
    }
    return exit;
  }
}
