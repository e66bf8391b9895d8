package io.viking.adapter.sim.files;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.Node.Content;
import io.viking.adapter.sim.files.Node.Device;
import io.viking.adapter.sim.files.Node.Directory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What a simulated container has for files: a few of its own, whatever its image. */
public final class ContainerFiles {
  private static final List<String> DIRECTORIES =
      List.of("bin", "home", "mnt", "opt", "root", "run", "srv", "tmp", "usr", "var");

  private ContainerFiles() {}

  public static FileTree of(String hostname, InstantSource clock, Room room) {
    Instant now = clock.instant();
    Directory root = new Directory(0755, now, room, true);
    for (String name : DIRECTORIES) {
      root.children.put(name, root.below(now));
    }
    Directory devices = root.below(now);
    devices.children.put("null", new Device(now, false));
    devices.children.put("zero", new Device(now, true));
    root.children.put("dev", devices);
    Directory settings = root.below(now);
    settings.children.put("hostname", text(hostname + "\n", now));
    settings.children.put("hosts", text("127.0.0.1\tlocalhost\n::1\tlocalhost\n", now));
    root.children.put("etc", settings);
    return new FileTree(new ReentrantLock(), clock, root);
  }

  private static Content text(String text, Instant now) {
    return new Content(0644, now, ByteString.copyFromUtf8(text));
  }
}
