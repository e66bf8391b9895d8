package io.viking.adapter.sim.journal;

import io.viking.adapter.sim.state.Record;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The simulated cloud's memory: {@code sim-N.log} holds a snapshot and the commands after it. A new
 * snapshot begins file N+1, which stands under its name only when it is whole and on the disk; then
 * the one before goes.
 *
 * <p><b>What an answer means.</b> {@link #append} returns when the operating system has the record:
 * it outlives this process, killed in any way. To outlive the machine's death as well, call {@link
 * #sync} before answering; callers that arrive together share one fsync.
 *
 * <p><b>A failed write</b> is taken back: the file is cut to what it was, and the caller must not
 * apply the command. {@code append} and {@code begin} are for one thread at a time; {@code sync} is
 * for any.
 */
public final class Journal implements AutoCloseable {
  private static final String SUFFIX = ".log";

  /**
   * What was on the disk.
   *
   * @param snapshot from its header to its end
   * @param commands after it, oldest first
   */
  public record Recovered(List<Record> snapshot, List<Record> commands) {}

  private final Path directory;
  private final JournalFile.Opener opener;
  private final DirectoryLock lock;
  private final Object syncing = new Object();

  private volatile Optional<Writer> writer = Optional.empty();
  private long generation;

  private Journal(Path directory, JournalFile.Opener opener, DirectoryLock lock) {
    this.directory = directory;
    this.opener = opener;
    this.lock = lock;
  }

  /**
   * Takes the directory for this process, making it if it is missing.
   *
   * @throws JournalException if another one has it
   */
  public static Journal open(Path directory) throws IOException {
    return open(directory, JournalFile::onDisk);
  }

  static Journal open(Path directory, JournalFile.Opener opener) throws IOException {
    return new Journal(directory, opener, DirectoryLock.take(directory));
  }

  /**
   * What the last process left; empty for a new directory. Changes nothing on the disk.
   *
   * @throws JournalException for state that is damaged anywhere but at its end
   */
  public Optional<Recovered> recover() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      generation = files.mapToLong(Journal::generationOf).max().orElse(0);
    }
    if (generation == 0) {
      return Optional.empty();
    }
    Path file = file(generation);
    List<Record> records;
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // on to the end
      }
      records = Frames.decode(bytes.flip(), file).records();
    }
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).hasEnd()) {
        return Optional.of(
            new Recovered(
                List.copyOf(records.subList(0, i + 1)),
                List.copyOf(records.subList(i + 1, records.size()))));
      }
    }
    throw new JournalException(
        "the simulated cloud's state "
            + file
            + " has no whole snapshot: restore the file from a copy, or remove it to begin with an"
            + " empty cloud");
  }

  /** Begins a file with that snapshot; what came before is superfluous then, and goes. */
  public void begin(List<Record> snapshot) throws IOException {
    Path fresh = directory.resolve("sim-next.tmp");
    Files.deleteIfExists(fresh);
    JournalFile file = opener.open(fresh);
    long length = 0;
    try {
      for (Record record : snapshot) {
        ByteBuffer frame = Frames.encode(record);
        length += frame.remaining();
        file.append(frame);
      }
      file.force();
      Files.move(fresh, file(generation + 1), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      file.close();
      Files.deleteIfExists(fresh);
      throw e;
    }
    Optional<Writer> before = writer;
    generation++;
    synchronized (syncing) {
      writer = Optional.of(new Writer(file, length));
    }
    if (before.isPresent()) {
      before.get().file.close();
    }
    removeOlder();
  }

  /**
   * Writes a command. To be called before the command is applied, and after {@link #begin}.
   *
   * @throws IOException if it was not written; then it must not be applied
   */
  public void append(Record command) throws IOException {
    writer.orElseThrow(() -> new IOException("no snapshot was begun")).append(command);
  }

  /** Returns when all that was appended before this call is on the disk. */
  public void sync() throws IOException {
    Writer here = writer.orElseThrow(() -> new IOException("no snapshot was begun"));
    long appended = here.length;
    synchronized (syncing) {
      // A writer that is not the current one any more is inside a snapshot that was forced.
      if (writer.filter(w -> w == here).isPresent() && here.synced < appended) {
        long reached = here.length;
        here.file.force();
        here.synced = reached;
      }
    }
  }

  /** Bytes of commands since the last snapshot. */
  public long commandBytes() {
    return writer.map(w -> w.length - w.snapshotLength).orElse(0L);
  }

  /** Bytes of the last snapshot. */
  public long snapshotBytes() {
    return writer.map(w -> w.snapshotLength).orElse(0L);
  }

  @Override
  public void close() throws IOException {
    try {
      if (writer.isPresent()) {
        writer.get().file.close();
      }
    } finally {
      lock.close();
    }
  }

  private void removeOlder() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        long number = generationOf(file);
        if (number > 0 && number < generation) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path file(long number) {
    return directory.resolve("sim-" + number + SUFFIX);
  }

  /** 0: not one of ours. */
  private static long generationOf(Path file) {
    String name = file.getFileName().toString();
    return name.matches("sim-[0-9]{1,18}\\.log")
        ? Long.parseLong(name.substring("sim-".length(), name.length() - SUFFIX.length()))
        : 0;
  }

  private static final class Writer {
    final JournalFile file;
    final long snapshotLength;
    volatile long length;
    long synced;
    private boolean torn;

    Writer(JournalFile file, long length) {
      this.file = file;
      this.snapshotLength = length;
      this.length = length;
      this.synced = length;
    }

    void append(Record command) throws IOException {
      if (torn) {
        file.truncate(length);
        torn = false;
      }
      ByteBuffer frame = Frames.encode(command);
      long end = length + frame.remaining();
      torn = true;
      try {
        file.append(frame);
      } catch (IOException e) {
        file.truncate(length);
        torn = false;
        throw e;
      }
      torn = false;
      length = end;
    }
  }
}
