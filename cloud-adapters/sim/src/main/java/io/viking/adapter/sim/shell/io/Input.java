package io.viking.adapter.sim.shell.io;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Optional;

/**
 * Standard input: a source that can be read in parts, so that a shell and the commands that it
 * starts share one. For one thread at a time.
 */
public final class Input {
  /** Of what is read line by line; a source without line ends may have no end either. */
  public static final int LONGEST_LINE = 1 << 20;

  private final Source source;
  private ByteString rest = ByteString.EMPTY;

  public Input(Source source) {
    this.source = source;
  }

  /**
   * At least one byte and at most so many; empty at the end.
   *
   * @throws InterruptedException also where nothing needs to be waited for, so that whoever reads
   *     without end can be stopped
   */
  public ByteString read(int most) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted while reading");
    }
    if (rest.isEmpty()) {
      rest = source.next();
    }
    ByteString read = rest.substring(0, Math.min(most, rest.size()));
    rest = rest.substring(read.size());
    return read;
  }

  /** Whatever comes next; empty at the end. */
  public ByteString read() throws IOException, InterruptedException {
    return read(Integer.MAX_VALUE);
  }

  /**
   * A line without its end; empty at the end of the input.
   *
   * @throws IOException also if it is longer than {@link #LONGEST_LINE} bytes
   */
  public Optional<String> line() throws IOException, InterruptedException {
    ByteString line = ByteString.EMPTY;
    while (true) {
      ByteString piece = read();
      if (piece.isEmpty()) {
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toStringUtf8());
      }
      for (int i = 0; i < piece.size(); i++) {
        if (piece.byteAt(i) == '\n') {
          rest = piece.substring(i + 1).concat(rest);
          return Optional.of(line.concat(piece.substring(0, i)).toStringUtf8());
        }
      }
      line = line.concat(piece);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
      }
    }
  }
}
