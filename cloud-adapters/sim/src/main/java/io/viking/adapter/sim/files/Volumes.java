package io.viking.adapter.sim.files;

import com.google.common.base.Splitter;
import io.viking.adapter.sim.files.Node.Content;
import io.viking.adapter.sim.files.Node.Directory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The volumes of one instance, and the files of its containers. A volume that came as files is read
 * only and replaced as a whole: who looks sees the old set or the new one. Any other is a directory
 * that is empty at first, shared by the containers, and as old as the instance. Any thread.
 */
public final class Volumes {
  private final InstantSource clock;
  private final Room room;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock, like all below them. */
  private Map<String, Directory> asFiles = Map.of();

  private final Map<String, Directory> shared = new HashMap<>();

  /**
   * @param room for what is written into shared volumes
   */
  public Volumes(InstantSource clock, Room room) {
    this.clock = clock;
    this.room = room;
  }

  /** What the volumes that come as files hold from now on. */
  public void replace(Map<String, List<FileContent>> files) {
    Map<String, Directory> made = directories(files);
    lock.lock();
    try {
      asFiles = made;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The files of a container that starts.
   *
   * @param own room for what is written outside of volumes
   * @param atStart what {@link #replace} was given when the container started, for the parts that
   *     it mounts: they never change
   */
  public FileTree container(
      String hostname,
      String address,
      Room own,
      List<MountPoint> mounts,
      Map<String, List<FileContent>> atStart) {
    FileTree tree =
        new FileTree(lock, clock, RootDirectory.of(hostname, address, clock.instant(), own));
    Map<String, Directory> fixed = directories(atStart);
    lock.lock();
    try {
      for (MountPoint mount : mounts) {
        String path = FileTree.absolute("/", mount.path());
        if (!asFiles.containsKey(mount.volume())) {
          Node part = within(sharedVolume(mount.volume()), mount.subPath());
          tree.mount(path, () -> part, mount.readOnly());
        } else if (mount.subPath().isEmpty()) {
          tree.mount(path, () -> asFiles.getOrDefault(mount.volume(), readOnlyDirectory()), true);
        } else {
          Node part =
              find(fixed.getOrDefault(mount.volume(), readOnlyDirectory()), mount.subPath());
          tree.mount(path, () -> part, true);
        }
      }
    } finally {
      lock.unlock();
    }
    return tree;
  }

  private Directory sharedVolume(String volume) {
    return shared.computeIfAbsent(volume, name -> new Directory(0777, clock.instant(), room, true));
  }

  /** A part of a shared volume, which is made if it is not there. */
  private Node within(Directory volume, String subPath) {
    Node node = volume;
    for (String name : names(subPath)) {
      if (node instanceof Directory directory) {
        node = directory.children.computeIfAbsent(name, n -> directory.below(clock.instant()));
      }
    }
    return node;
  }

  /** A part of a volume of files; a directory without any if it has none such. */
  private Node find(Directory volume, String subPath) {
    Node node = volume;
    for (String name : names(subPath)) {
      Node child = node instanceof Directory directory ? directory.children.get(name) : null;
      if (child == null) {
        return readOnlyDirectory();
      }
      node = child;
    }
    return node;
  }

  private Map<String, Directory> directories(Map<String, List<FileContent>> files) {
    Map<String, Directory> directories = new HashMap<>();
    files.forEach((volume, contents) -> directories.put(volume, directory(contents)));
    return directories;
  }

  private Directory directory(List<FileContent> contents) {
    Instant now = clock.instant();
    Directory volume = readOnlyDirectory();
    for (FileContent file : contents) {
      Directory parent = volume;
      List<String> names = names(file.path());
      for (String name : names.subList(0, names.size() - 1)) {
        if (parent.children.computeIfAbsent(name, n -> readOnlyDirectory())
            instanceof Directory directory) {
          parent = directory;
        }
      }
      parent.children.put(names.getLast(), new Content(file.mode(), now, file.content()));
    }
    return volume;
  }

  private Directory readOnlyDirectory() {
    return new Directory(0755, clock.instant(), room, false);
  }

  private static List<String> names(String path) {
    return Splitter.on('/').omitEmptyStrings().splitToList(path);
  }
}
