package io.viking.adapter.sim.files;

import com.google.common.base.Splitter;
import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.Node.Content;
import io.viking.adapter.sim.files.Node.Device;
import io.viking.adapter.sim.files.Node.Directory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The files of one container from its root on: a tree in memory and what is mounted into it. Paths
 * are absolute; "." and ".." in them are resolved as text. There are no links and no owners, and
 * permission bits are kept but bind nobody, as for root.
 *
 * <p>Any thread; nothing here blocks.
 */
public final class FileTree {
  /** Characters of a path: whoever goes down a tree must find its ground. */
  public static final int LONGEST_PATH = 4096;

  private final ReentrantLock lock;
  private final InstantSource clock;
  private final Directory root;
  private final Map<String, Mount> mounts = new HashMap<>();

  private record Mount(Supplier<? extends Node> volume, boolean readOnly) {}

  /**
   * @param lock one for all trees that share a volume
   */
  FileTree(ReentrantLock lock, InstantSource clock, Directory root) {
    this.lock = lock;
    this.clock = clock;
    this.root = root;
  }

  /** The path without ".", ".." and doubled slashes, seen from a directory if it is relative. */
  public static String absolute(String directory, String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name :
        Splitter.on('/').split(path.startsWith("/") ? path : directory + "/" + path)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> names.pollLast();
        default -> names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /** Mounts what the supplier gives at each look; the way to it is made. To be called locked. */
  void mount(String path, Supplier<? extends Node> volume, boolean readOnly) {
    Directory parent = root;
    for (String name : names(parentOf(path))) {
      if (parent.children.computeIfAbsent(name, n -> root.below(clock.instant()))
          instanceof Directory directory) {
        parent = directory;
      }
    }
    mounts.put(path, new Mount(volume, readOnly));
  }

  /** Empty if there is no such file. */
  public Optional<FileStatus> status(String path) {
    return locked(() -> find(path).map(FileStatus::of));
  }

  /** By name. */
  public NavigableMap<String, FileStatus> list(String path) throws FileError {
    return locked(
        () -> {
          NavigableMap<String, FileStatus> files = new TreeMap<>();
          directory(path).children.forEach((name, node) -> files.put(name, FileStatus.of(node)));
          mounts.forEach(
              (at, mount) -> {
                if (parentOf(at).equals(path) && !at.equals(path)) {
                  files.put(nameOf(at), FileStatus.of(mount.volume().get()));
                }
              });
          return files;
        });
  }

  /** A file's bytes as they are now; empty for a device (see {@link #endless}). */
  public ByteString read(String path) throws FileError {
    return locked(
        () ->
            switch (find(path).orElseThrow(() -> FileError.absent(path))) {
              case Directory ignored -> throw FileError.isADirectory(path);
              case Content file -> file.bytes;
              case Device ignored -> ByteString.EMPTY;
            });
  }

  /** Whether it is a device that gives zeros without end. */
  public boolean endless(String path) {
    return locked(() -> find(path).filter(n -> n instanceof Device d && d.endless).isPresent());
  }

  /** Makes the file, or empties it. */
  public void create(String path, int mode) throws FileError {
    locked(() -> put(path, mode, ByteString.EMPTY));
  }

  /** Adds to the file, which is made if it is not there. */
  public void append(String path, ByteString bytes) throws FileError {
    locked(
        () -> {
          Optional<Node> found = find(path);
          if (found.isPresent() && found.get() instanceof Device) {
            return true;
          }
          ByteString before =
              found.isPresent() && found.get() instanceof Content file
                  ? file.bytes
                  : ByteString.EMPTY;
          return put(path, found.map(n -> n.mode).orElse(0644), before.concat(bytes));
        });
  }

  public void makeDirectory(String path) throws FileError {
    locked(
        () -> {
          if (find(path).isPresent()) {
            throw FileError.exists(path);
          }
          Directory parent = writable(path);
          parent.children.put(nameOf(path), parent.below(clock.instant()));
          return true;
        });
  }

  /** Makes the directory and all on the way to it; what is there already stays. */
  public void makeDirectories(String path) throws FileError {
    checkLength(path);
    if (path.equals("/")) {
      return;
    }
    Optional<FileStatus> found = status(path);
    if (found.isEmpty()) {
      makeDirectories(parentOf(path));
      makeDirectory(path);
    } else if (!found.get().directory()) {
      throw FileError.notADirectory(path);
    }
  }

  /** Removes a file or, with all below it, a directory. */
  public void remove(String path) throws FileError {
    locked(
        () -> {
          Node node = find(path).orElseThrow(() -> FileError.absent(path));
          if (path.equals("/")
              || mounts.keySet().stream()
                  .anyMatch(at -> at.equals(path) || at.startsWith(path + "/"))) {
            throw FileError.busy(path);
          }
          Directory parent = writable(path);
          parent.room.take(-node.bytes());
          parent.children.remove(nameOf(path));
          return true;
        });
  }

  private boolean put(String path, int mode, ByteString bytes) throws FileError {
    Optional<Node> found = find(path);
    if (found.isPresent() && found.get() instanceof Directory) {
      throw FileError.isADirectory(path);
    }
    if (found.isPresent() && found.get() instanceof Device) {
      return true;
    }
    Directory parent = writable(path);
    if (mounts.containsKey(path)) {
      throw FileError.readOnly(path);
    }
    long before = found.map(Node::bytes).orElse(0L);
    if (!parent.room.take(bytes.size() - before)) {
      throw FileError.full(path);
    }
    Instant now = clock.instant();
    parent.modified = now;
    parent.children.put(nameOf(path), new Content(mode, now, bytes));
    return true;
  }

  private Directory directory(String path) throws FileError {
    Node node = find(path).orElseThrow(() -> FileError.absent(path));
    if (node instanceof Directory directory) {
      return directory;
    }
    throw FileError.notADirectory(path);
  }

  /** The directory that a file stands in or will. */
  private Directory writable(String path) throws FileError {
    checkLength(path);
    Directory parent = directory(parentOf(path));
    if (!parent.writable || readOnly(parentOf(path))) {
      throw FileError.readOnly(path);
    }
    return parent;
  }

  private static void checkLength(String path) throws FileError {
    if (path.length() > LONGEST_PATH) {
      throw FileError.tooLong(path);
    }
  }

  private boolean readOnly(String path) {
    Mount mount = mounts.get(mountedAt(path));
    return mount != null && mount.readOnly();
  }

  /** The mount that a path leads into; "/" if none. */
  private String mountedAt(String path) {
    String base = path;
    while (!base.equals("/") && !mounts.containsKey(base)) {
      base = parentOf(base);
    }
    return base;
  }

  private Optional<Node> find(String path) {
    String base = mountedAt(path);
    Mount mount = mounts.get(base);
    Node node = mount == null ? root : mount.volume().get();
    for (String name : names(path.substring(base.equals("/") ? 0 : base.length()))) {
      Node child = node instanceof Directory directory ? directory.children.get(name) : null;
      if (child == null) {
        return Optional.empty();
      }
      node = child;
    }
    return Optional.of(node);
  }

  private static Iterable<String> names(String path) {
    return Splitter.on('/').omitEmptyStrings().split(path);
  }

  private static String parentOf(String path) {
    return path.lastIndexOf('/') <= 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Something done with files. */
  @FunctionalInterface
  private interface Work<T, E extends Exception> {
    T done() throws E;
  }

  private <T, E extends Exception> T locked(Work<T, E> work) throws E {
    lock.lock();
    try {
      return work.done();
    } finally {
      lock.unlock();
    }
  }
}
