package io.viking.cli.lifecycle;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Reads a log from its end, and goes on when it grows, is cut, or is replaced by a new file. */
final class LogFile {
  private static final int BLOCK = 64 * 1024;

  private final Path file;

  LogFile(Path file) {
    this.file = file;
  }

  /**
   * Prints the last lines.
   *
   * @param lines how many; negative: all
   * @param follow whether to go on until the thread is interrupted
   */
  void print(PrintStream out, long lines, boolean follow, Duration poll)
      throws IOException, InterruptedException {
    boolean begun = false;
    while (true) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        channel.position(begun || lines < 0 ? 0 : startOfLastLines(channel, lines));
        begun = true;
        copyToEnd(channel, out);
        Object identity = identity();
        while (follow && channel.size() >= channel.position() && identity.equals(identity())) {
          Thread.sleep(poll);
          copyToEnd(channel, out);
        }
        copyToEnd(channel, out);
        if (!follow) {
          return;
        }
      } catch (NoSuchFileException e) {
        if (!follow) {
          throw e;
        }
        Thread.sleep(poll);
      }
    }
  }

  /** Where the last lines begin; a last line without its end counts. */
  static long startOfLastLines(FileChannel channel, long lines) throws IOException {
    long end = channel.size();
    if (lines == 0) {
      return end;
    }
    long seen = 0;
    var block = ByteBuffer.allocate(BLOCK);
    for (long to = end; to > 0; to -= BLOCK) {
      long from = Math.max(0, to - BLOCK);
      block.clear().limit((int) (to - from));
      while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {}
      for (int i = block.position() - 1; i >= 0; i--) {
        boolean closesTheFile = from + i == end - 1;
        if (block.get(i) == '\n' && !closesTheFile && ++seen == lines) {
          return from + i + 1;
        }
      }
    }
    return 0;
  }

  private static void copyToEnd(FileChannel channel, PrintStream out) throws IOException {
    var block = ByteBuffer.allocate(BLOCK);
    while (channel.read(block) > 0) {
      out.write(block.array(), 0, block.position());
      block.clear();
    }
    out.flush();
  }

  /** Differs once another file has taken the name. */
  private Object identity() throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }
}
