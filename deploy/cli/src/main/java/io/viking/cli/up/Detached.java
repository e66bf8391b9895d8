package io.viking.cli.up;

import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts the same command in the background, and shows what it says until it is ready or ends. */
final class Detached {
  private static final Duration POLL = Duration.ofMillis(100);

  private final DataDirectory directory;
  private final Ready ready;
  private final Clock clock = Clock.systemUTC();

  Detached(DataDirectory directory, Ready ready) {
    this.directory = directory;
    this.ready = ready;
  }

  /**
   * Returns when the cluster is ready.
   *
   * @param arguments of this command as they were given
   * @return the background process' exit code if it ended
   */
  int start(List<String> arguments) throws IOException, InterruptedException {
    if (directory.owner().isPresent()) {
      return alreadyRuns(directory.owner().get().pid());
    }
    // Makes the directory, or says in one sentence why it cannot be used.
    try (DataDirectoryLock lock = directory.acquire(clock)) {
      lock.directory();
    }
    Path console = directory.log("console");
    long begun = System.nanoTime();
    Process process = launch(arguments, console);
    try (var said = new RandomAccessFile(console.toFile(), "r")) {
      while (process.isAlive()) {
        relay(said);
        Optional<StatusReport> status = readyOf(process.pid());
        if (status.isPresent()) {
          relay(said);
          ready.announce(
              status.get(), Optional.of(Duration.ofNanos(System.nanoTime() - begun)), false);
          return ExitCode.OK;
        }
        Thread.sleep(POLL);
      }
      relay(said);
    }
    return process.exitValue();
  }

  private int alreadyRuns(long pid) throws IOException {
    StatusReport status =
        readyOf(pid)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "%s is in use by process %d, which is not ready: \"viking status\" shows what it does."
                            .formatted(directory.path(), pid)));
    ready.announce(status, Optional.empty(), false);
    return ExitCode.OK;
  }

  private Optional<StatusReport> readyOf(long pid) {
    return StatusClient.ask(directory)
        .filter(status -> status.pid() == pid && status.state().equals("ready"));
  }

  private static Process launch(List<String> arguments, Path console) throws IOException {
    String launcher =
        Optional.ofNullable(System.getenv("VIKING_LAUNCHER"))
            .orElseThrow(
                () -> new CommandFailure("--detach needs the launcher: start viking through it."));
    var command = new ArrayList<String>();
    command.add(launcher);
    arguments.stream().filter(word -> !word.matches("-d|--detach|--merge")).forEach(command::add);
    command.add("--background");
    var builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(console.toFile());
    builder.environment().put("VIKING_SKIP_BUILD", "1");
    return builder.start();
  }

  /** Passes on what was said since the last call. */
  private static void relay(RandomAccessFile said) throws IOException {
    var block = new byte[8192];
    for (int n = said.read(block); n > 0; n = said.read(block)) {
      System.err.write(block, 0, n);
    }
    System.err.flush();
  }
}
