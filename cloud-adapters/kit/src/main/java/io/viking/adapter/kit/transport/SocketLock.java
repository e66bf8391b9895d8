package io.viking.adapter.kit.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The right to serve at a Unix socket: a lock on the file beside it. Needed because binding
 * replaces a live server's socket without a word. The file stays when the lock is given back, since
 * deleting it would let two hold "the" lock; the system frees it with the process.
 */
record SocketLock(FileChannel file) implements AutoCloseable {
  /**
   * @throws IOException if a living server holds it
   */
  static SocketLock take(Path socket) throws IOException {
    Path path = Path.of(socket + ".lock");
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean taken = false;
    try {
      taken = file.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      // Not taken.
    } finally {
      if (!taken) {
        file.close();
      }
    }
    if (!taken) {
      throw new IOException(
          "another server is live there (it holds %s); stop it or choose another path"
              .formatted(path));
    }
    return new SocketLock(file);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
