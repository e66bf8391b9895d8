package io.viking.cli.alone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What a process is called in a Lease: where it runs, for people, and a part that never recurs. */
final class ProcessIdentity {
  private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

  private ProcessIdentity() {}

  /** {@code host-pid-random}; another one at each call. */
  static String unique() {
    return "%s-%d-%s"
        .formatted(
            host(),
            ProcessHandle.current().pid(),
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
  }

  /** Without asking a name server, which may take its time: in a pod it is the pod's name. */
  private static String host() {
    return Optional.ofNullable(System.getenv("HOSTNAME"))
        .filter(name -> !name.isBlank())
        .or(ProcessIdentity::kernelName)
        .orElse("host");
  }

  private static Optional<String> kernelName() {
    try {
      return Optional.of(Files.readString(KERNEL_NAME).strip()).filter(name -> !name.isEmpty());
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }
}
