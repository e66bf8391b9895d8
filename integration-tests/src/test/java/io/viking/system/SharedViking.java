package io.viking.system;

import java.io.IOException;
import java.nio.file.Files;

/**
 * One running cluster for all tests that do not kill it: started by the first, stopped at the end.
 */
final class SharedViking {
  private static final VikingProcess PROCESS = start();

  private SharedViking() {}

  static Cluster cluster() {
    return PROCESS.cluster();
  }

  static VikingProcess process() {
    return PROCESS;
  }

  private static VikingProcess start() {
    try {
      VikingProcess process = VikingProcess.up(Files.createTempDirectory("viking-it-"));
      Runtime.getRuntime().addShutdownHook(new Thread(process::close));
      return process;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
