package io.viking.controlplane;

import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The entry point: how a command gets a {@link ControlPlane}, or looks at one of another process.
 */
public final class ControlPlanes {
  private ControlPlanes() {}

  /**
   * Settles on a mode (design §9) and prepares its control plane; nothing is built or started yet.
   *
   * @param lock of the data directory; the caller closes it after the control plane
   * @throws ControlPlaneException if the mode needs something that this machine lacks
   */
  public static ControlPlane open(
      DataDirectoryLock lock,
      BinaryCache cache,
      ControlPlaneOptions options,
      Environment environment,
      Clock clock) {
    throw new ControlPlaneException("not yet");
  }

  /**
   * What the records in the data directory and the process table say about a control plane that
   * another process runs, or ran until it was killed.
   */
  public static List<Component> inspect(DataDirectory directory, Clock clock) {
    return List.of();
  }

  /**
   * Stops the components that a killed process left behind.
   *
   * @return those that were stopped
   */
  public static List<Component> stopOrphans(DataDirectoryLock lock, Clock clock) {
    return List.of();
  }

  /**
   * Deletes the cluster: everything in the data directory, after stopping what was left behind.
   * Only what viking put there is deleted.
   *
   * @throws ControlPlaneException if a file cannot be deleted
   */
  public static void reset(DataDirectoryLock lock, Clock clock) {
    throw new ControlPlaneException("not yet");
  }

  /**
   * The kubectl of the same version as the API server if it was built, else the one on {@code
   * PATH}.
   *
   * @throws ControlPlaneException if there is neither
   */
  public static Path kubectl(BinaryCache cache, Environment environment) {
    throw new ControlPlaneException("not yet");
  }
}
