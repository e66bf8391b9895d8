package io.viking.system;

import io.viking.controlplane.Environment;
import io.viking.controlplane.build.NativeBuild;
import io.viking.controlplane.build.Recipe;
import io.viking.controlplane.data.BinaryCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One running cluster for all tests of this JVM that do not kill it: started by the first, stopped
 * at the end.
 */
public final class SharedViking {
  /** Whether metrics-server runs beside it: where it was built before, or may be built. */
  private static final boolean MEASURES =
      Boolean.getBoolean("viking.metrics")
          || new NativeBuild(
                  BinaryCache.resolve(Environment.system()), Recipe.metrics(), Environment.system())
              .isCached();

  private static final VikingProcess PROCESS = start();

  private SharedViking() {}

  static Cluster cluster() {
    return PROCESS.cluster();
  }

  static boolean measures() {
    return MEASURES;
  }

  public static VikingProcess process() {
    return PROCESS;
  }

  private static VikingProcess start() {
    try {
      Path directory = Files.createTempDirectory("viking-it-");
      VikingProcess process =
          MEASURES ? VikingProcess.upMeasured(directory) : VikingProcess.up(directory);
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
