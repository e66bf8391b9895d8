package io.viking.controlplane.ports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on a TCP port, for a sentence: from {@code /proc}, so on Linux only. */
final class PortHolder {
  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortHolder() {}

  /** Such as {@code process 4711 (/usr/bin/python3)}; empty if that cannot be seen. */
  static Optional<String> of(int port) {
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      try {
        Optional<String> inode = inode(Files.readAllLines(Path.of(table)), port);
        if (inode.isPresent()) {
          return process(inode.get());
        }
      } catch (IOException e) {
        // Not Linux, or not for us to see.
      }
    }
    return Optional.empty();
  }

  /** The inode of the socket that listens on the port, by a table as in proc(5). */
  static Optional<String> inode(List<String> table, int port) {
    String suffix = ":%04X".formatted(port);
    return table.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length > INODE)
        .filter(columns -> columns[LOCAL].endsWith(suffix) && columns[STATE].equals(LISTENING))
        .map(columns -> columns[INODE])
        .findFirst();
  }

  private static Optional<String> process(String inode) {
    String target = "socket:[" + inode + "]";
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), target))
        .findFirst()
        .map(
            process ->
                "process %d%s"
                    .formatted(
                        process.pid(),
                        process.info().command().map(path -> " (" + path + ")").orElse("")));
  }

  private static boolean holds(long pid, String target) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return descriptors.anyMatch(descriptor -> target.equals(link(descriptor)));
    } catch (IOException e) {
      return false;
    }
  }

  private static String link(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
