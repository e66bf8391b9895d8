package io.viking.adapter.sim.files;

import java.time.Instant;

/**
 * What there is to know about a file.
 *
 * @param mode permission bits
 * @param size bytes; 0 for directories and devices
 */
public record FileStatus(Kind kind, int mode, long size, Instant modified) {
  /** What kind of file it is. */
  public enum Kind {
    FILE,
    DIRECTORY,
    DEVICE
  }

  public boolean directory() {
    return kind == Kind.DIRECTORY;
  }

  static FileStatus of(Node node) {
    return switch (node) {
      case Node.Directory directory ->
          new FileStatus(Kind.DIRECTORY, directory.mode, 0, directory.modified);
      case Node.Content file ->
          new FileStatus(Kind.FILE, file.mode, file.bytes.size(), file.modified);
      case Node.Device device -> new FileStatus(Kind.DEVICE, device.mode, 0, device.modified);
    };
  }
}
