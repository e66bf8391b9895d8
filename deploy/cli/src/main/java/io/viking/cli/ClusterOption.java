package io.viking.cli;

import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which cluster of this machine a command is about. */
public final class ClusterOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The directory that holds the cluster. Default: $$VIKING_DATA_DIR, else"
              + " $$XDG_DATA_HOME/viking, else ~/.local/share/viking.")
  private @Nullable Path dataDir;

  /** The directory, whether or not there is one yet. */
  public DataDirectory directory() {
    return DataDirectory.resolve(Optional.ofNullable(dataDir), Environment.system());
  }

  /** What a command for the same cluster must carry: {@code ""} or {@code " --data-dir DIR"}. */
  public String flag() {
    return dataDir == null ? "" : " --data-dir " + quoted(dataDir.toString());
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
