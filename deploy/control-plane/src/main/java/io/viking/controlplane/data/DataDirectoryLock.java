package io.viking.controlplane.data;

import com.google.common.collect.Sets;
import io.viking.controlplane.ControlPlaneException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The right of this process to run a cluster in a data directory. The operating system drops it
 * when the process ends, however it ends.
 *
 * <p>POSIX drops a process's locks on a file as soon as the process closes <em>any</em> descriptor
 * of that file. So the holder's pid is in a file of its own, and this process never opens a lock
 * file that it holds: {@link #HELD} knows.
 */
public final class DataDirectoryLock implements AutoCloseable {
  private static final Set<Path> HELD = Sets.newConcurrentHashSet();

  private final DataDirectory directory;
  private final FileChannel channel;

  private DataDirectoryLock(DataDirectory directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DataDirectoryLock acquire(DataDirectory directory, Clock clock) {
    Path file = directory.lockFile();
    if (!HELD.add(file)) {
      throw taken(directory);
    }
    boolean acquired = false;
    try {
      FileChannel channel = open(file);
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw taken(directory);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        PrivateFiles.write(
            directory.ownerFile(),
            new DataDirectoryOwner(ProcessHandle.current().pid(), now).text());
        acquired = true;
        return new DataDirectoryLock(directory, channel);
      } finally {
        if (!acquired) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot lock " + file, e);
    } finally {
      if (!acquired) {
        HELD.remove(file);
      }
    }
  }

  static Optional<DataDirectoryOwner> owner(DataDirectory directory) {
    Path file = directory.lockFile();
    if (HELD.contains(file)) {
      return recorded(directory);
    }
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = open(file);
        FileLock lock = channel.tryLock()) {
      return lock == null ? recorded(directory) : Optional.empty();
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot open " + file, e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static Optional<DataDirectoryOwner> recorded(DataDirectory directory) {
    return Files.exists(directory.ownerFile())
        ? Optional.of(DataDirectoryOwner.parse(PrivateFiles.read(directory.ownerFile())))
        : Optional.empty();
  }

  private static ControlPlaneException taken(DataDirectory directory) {
    String holder =
        recorded(directory)
            .map(owner -> "process %d since %s".formatted(owner.pid(), owner.since()))
            .orElse("another process");
    return new ControlPlaneException(
        "%s is in use by %s: stop that one (viking down), or name another --data-dir."
            .formatted(directory.path(), holder));
  }

  /** The directory that is held. */
  public DataDirectory directory() {
    return directory;
  }

  /** Lets the directory go. Idempotent. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(directory.ownerFile());
      channel.close();
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot unlock " + directory.path(), e);
    } finally {
      HELD.remove(directory.lockFile());
    }
  }
}
