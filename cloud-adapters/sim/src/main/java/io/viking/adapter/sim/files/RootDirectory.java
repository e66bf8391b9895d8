package io.viking.adapter.sim.files;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.Node.Content;
import io.viking.adapter.sim.files.Node.Device;
import io.viking.adapter.sim.files.Node.Directory;
import java.time.Instant;
import java.util.List;

/** What every simulated container has of its own, whatever its image. */
final class RootDirectory {
  private static final List<String> DIRECTORIES =
      List.of("bin", "home", "mnt", "opt", "root", "run", "srv", "tmp", "usr", "var");

  private RootDirectory() {}

  static Directory of(String hostname, String address, Instant now, Room room) {
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
    settings.children.put(
        "hosts",
        text("127.0.0.1\tlocalhost\n::1\tlocalhost\n" + address + "\t" + hostname + "\n", now));
    root.children.put("etc", settings);
    return root;
  }

  private static Content text(String text, Instant now) {
    return new Content(0644, now, ByteString.copyFromUtf8(text));
  }
}
