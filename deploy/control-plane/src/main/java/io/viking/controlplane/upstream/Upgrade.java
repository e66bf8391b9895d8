package io.viking.controlplane.upstream;

import io.viking.controlplane.ControlPlaneException;
import java.util.Optional;

/**
 * What must happen before a version of Kubernetes runs on data that another one wrote. Etcd's data
 * can be read by the next minor, and not by the one before.
 */
sealed interface Upgrade {

  /** The data is new, or of the same minor. */
  record None() implements Upgrade {}

  /** A newer minor: the data is copied first. */
  record Backup(String from, String to) implements Upgrade {}

  /** An older minor cannot read it. */
  record Refused(String from, String to) implements Upgrade {}

  /**
   * @param written the version that last ran on the data, such as {@code v1.35.2}
   * @param now the version about to run
   */
  static Upgrade decide(Optional<String> written, String now) {
    if (written.isEmpty()) {
      return new None();
    }
    String before = written.get();
    int comparison = Integer.compare(minor(now), minor(before));
    if (comparison == 0) {
      return new None();
    }
    return comparison > 0 ? new Backup(before, now) : new Refused(before, now);
  }

  private static int minor(String version) {
    String[] parts = version.strip().split("\\.", -1);
    try {
      return Integer.parseInt(parts[1]);
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      throw new ControlPlaneException(
          "'" + version + "' is not a version of Kubernetes such as v1.36.3.", e);
    }
  }
}
