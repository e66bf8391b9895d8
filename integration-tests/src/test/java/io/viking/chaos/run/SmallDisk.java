package io.viking.chaos.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of its own in memory, small enough to be filled. Mounting takes root; the machine's
 * disks are not touched.
 */
final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path directory;
  private final Path ballast;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  /**
   * Mounts it over a directory, which is made if it is missing.
   *
   * @throws IOException if this machine or this user cannot; the message says why
   */
  static SmallDisk mount(Path directory, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "mode=0700,size=%dm".formatted(megabytes),
        "tmpfs",
        directory.toString());
    return new SmallDisk(directory);
  }

  /** Writes until not a byte more goes. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (int size = CHUNK; size > 0; size /= 2) {
        writeUntilFull(out, new byte[size]);
      }
    }
  }

  private static void writeUntilFull(OutputStream out, byte[] chunk) {
    try {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      // It is what was wanted.
    }
  }

  /** There is room again. */
  void empty() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /** Whoever wrote to it must have ended. */
  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "-l", directory.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + ": " + said.strip());
    }
  }
}
