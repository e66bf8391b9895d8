package io.viking.controlplane.data;

import com.google.common.hash.Hashing;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A directory whose sockets' paths fit into {@code sockaddr_un.sun_path}: 104 bytes with the final
 * zero on BSDs and macOS, 108 on Linux.
 *
 * @param path where the sockets are
 * @param run where they would be if paths had no limit
 */
record SocketDirectory(Path path, Path run) {
  static final int MOST_BYTES = 103;

  /** {@code run}, or a short stand-in that is always the same for the same {@code run}. */
  static SocketDirectory choose(Path run, String name, Environment environment) {
    if (bytes(run.resolve(name)) <= MOST_BYTES) {
      return new SocketDirectory(run, run);
    }
    String key =
        Hashing.sha256()
            .hashString(run.toString(), StandardCharsets.UTF_8)
            .toString()
            .substring(0, 12);
    Path base = environment.directory("XDG_RUNTIME_DIR").orElse(Path.of("/tmp"));
    Path candidate = base.resolve("viking-" + key);
    return new SocketDirectory(
        bytes(candidate.resolve(name)) <= MOST_BYTES ? candidate : Path.of("/tmp", "viking-" + key),
        run);
  }

  /** The socket's path; its directory is made and known to be ours alone. */
  Path socket(String name) {
    PrivateFiles.directory(path);
    if (isShortened() && Files.exists(run)) {
      requireOurs();
    }
    return path.resolve(name);
  }

  boolean isShortened() {
    return !path.equals(run);
  }

  /** In a directory that everyone can write to, somebody else may have been there first. */
  private void requireOurs() {
    try {
      boolean ours =
          Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
              && Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(run));
      if (!ours) {
        throw new ControlPlaneException(
            path + " belongs to somebody else: name a shorter --data-dir.");
      }
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot read " + path, e);
    }
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
