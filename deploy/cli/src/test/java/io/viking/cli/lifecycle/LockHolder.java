package io.viking.cli.lifecycle;

import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import sun.misc.Signal;

/** A process that holds a data directory, for {@link ShutdownTest}. */
final class LockHolder {
  private LockHolder() {}

  /** Arguments: the directory; "stubborn" if it shall not end when asked to. */
  public static void main(String[] args) throws Exception {
    DataDirectory directory =
        DataDirectory.resolve(Optional.of(Path.of(args[0])), Environment.system());
    if (args[1].equals("stubborn")) {
      Signal.handle(new Signal("TERM"), signal -> {});
    }
    try (DataDirectoryLock lock = directory.acquire(Clock.systemUTC())) {
      System.out.println("holds " + lock.directory().path());
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
