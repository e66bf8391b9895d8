package io.viking.controlplane.data;

import io.viking.controlplane.ControlPlaneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and directories that no other user may read. A file is written under another name with its
 * final mode and then moved into place, so that a reader sees the old or the new one, whole.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /**
   * Makes a directory and its parents; the last gets mode 0700, also if it was there.
   *
   * @throws ControlPlaneException if it cannot be made
   */
  public static Path directory(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (!Files.isDirectory(path)) {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(path, OWNER_ONLY);
      }
      return path;
    } catch (IOException e) {
      throw failure("cannot make the directory " + path, e);
    }
  }

  /**
   * Writes a file with mode 0600.
   *
   * @throws ControlPlaneException if it cannot be written
   */
  public static void write(Path path, String content) {
    Path partial = path.resolveSibling(path.getFileName() + ".new");
    try {
      Files.deleteIfExists(partial);
      try (SeekableByteChannel out =
          Files.newByteChannel(
              partial,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OWNER_FILE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      Files.move(
          partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure("cannot write " + path, e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws ControlPlaneException if it cannot be read
   */
  public static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw failure("cannot read " + path, e);
    }
  }

  /** Turns an I/O error into a sentence that says what the system said about it. */
  public static ControlPlaneException failure(String what, IOException cause) {
    String reason =
        cause instanceof FileSystemException inFile && inFile.getReason() != null
            ? inFile.getReason()
            : cause.getClass().getSimpleName().replace("Exception", "") + message(cause);
    return new ControlPlaneException(what + ": " + reason + ".", cause);
  }

  private static String message(IOException cause) {
    return cause instanceof FileSystemException || cause.getMessage() == null
        ? ""
        : " (" + cause.getMessage() + ")";
  }
}
