package io.viking.controlplane.process;

import io.viking.controlplane.data.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A child's log: it appends to the file itself, so it goes on when we are killed. Too long a file
 * is copied to {@code NAME.1} and cut to nothing in place, which an appending writer survives; the
 * few lines written between the two are lost.
 */
final class LogFile {
  private static final int TAIL_BYTES = 16 * 1024;

  private final Path path;
  private final long most;

  /**
   * @param most bytes before it is rotated
   */
  LogFile(Path path, long most) {
    this.path = path;
    this.most = most;
  }

  /** Makes the file with mode 0600 if it is not there. */
  void prepare() {
    try {
      if (!Files.exists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot write " + path, e);
    }
  }

  /** Rotates it if it is too long. */
  void bound() throws IOException {
    if (Files.size(path) <= most) {
      return;
    }
    Files.copy(
        path,
        path.resolveSibling(path.getFileName() + ".1"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  /** Where the next line will be. */
  long size() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The last lines that are not blank.
   *
   * @param from only what was written after this position
   */
  List<String> tail(long from, int lines) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long start = Math.max(Math.min(from, file.length()), file.length() - TAIL_BYTES);
      file.seek(start);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      List<String> all =
          new String(bytes, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
