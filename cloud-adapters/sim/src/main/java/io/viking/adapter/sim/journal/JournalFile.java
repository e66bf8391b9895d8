package io.viking.adapter.sim.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file that is written; an interface so that a test can have a full disk. */
interface JournalFile extends Closeable {
  /** Appends all of it, or throws; some of it may then stand at the end. */
  void append(ByteBuffer bytes) throws IOException;

  void truncate(long length) throws IOException;

  void force() throws IOException;

  /** How files come about. */
  @FunctionalInterface
  interface Opener {
    JournalFile open(Path file) throws IOException;
  }

  /** A file of its owner's alone (0600), made if it is missing, written at its end. */
  static JournalFile onDisk(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    channel.position(channel.size());
    return new JournalFile() {
      @Override
      public void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }

      @Override
      public void truncate(long length) throws IOException {
        channel.truncate(length);
        channel.position(length);
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
