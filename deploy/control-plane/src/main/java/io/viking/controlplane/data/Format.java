package io.viking.controlplane.data;

import io.viking.controlplane.ControlPlaneException;
import java.nio.file.Files;

/** The version of a data directory's layout, in the file {@code format}. */
final class Format {
  private Format() {}

  /**
   * Writes the version into a new directory, and refuses one that this build does not understand.
   *
   * @throws ControlPlaneException if the layout is newer, or the file is damaged
   */
  static void check(DataDirectory directory) {
    if (!Files.exists(directory.formatFile())) {
      PrivateFiles.write(directory.formatFile(), DataDirectory.FORMAT + "\n");
      return;
    }
    String text = PrivateFiles.read(directory.formatFile()).strip();
    int version;
    try {
      version = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ControlPlaneException(
          directory.formatFile() + " says '" + text + "' where a version number belongs.", e);
    }
    if (version > DataDirectory.FORMAT) {
      throw new ControlPlaneException(
          "%s has format %d and this viking knows up to %d: use the newer viking that wrote it, or another --data-dir."
              .formatted(directory.path(), version, DataDirectory.FORMAT));
    }
  }
}
