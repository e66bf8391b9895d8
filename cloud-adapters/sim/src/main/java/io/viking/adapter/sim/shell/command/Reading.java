package io.viking.adapter.sim.shell.command;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.FileError;
import io.viking.adapter.sim.files.FileTree;
import io.viking.adapter.sim.shell.io.Input;
import io.viking.adapter.sim.shell.io.Source;

/** Files as sources. */
public final class Reading {
  private static final int PIECE = 32 << 10;
  private static final ByteString ZEROS = ByteString.copyFrom(new byte[PIECE]);

  private Reading() {}

  /**
   * The file as it is now, in pieces.
   *
   * @param path absolute
   */
  public static Source of(FileTree files, String path) throws FileError {
    ByteString content = files.read(path);
    if (files.endless(path)) {
      return () -> ZEROS;
    }
    return new Source() {
      private ByteString rest = content;

      @Override
      public ByteString next() {
        ByteString piece = rest.substring(0, Math.min(PIECE, rest.size()));
        rest = rest.substring(piece.size());
        return piece;
      }
    };
  }

  /** The operands of a command that reads files, or its input if there are none; "-" is it, too. */
  static Input input(Invocation call, String operand) throws FileError {
    return operand.equals("-")
        ? call.streams().in()
        : new Input(of(call.files(), call.path(operand)));
  }
}
