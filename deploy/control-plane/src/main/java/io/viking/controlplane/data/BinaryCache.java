package io.viking.controlplane.data;

import io.viking.controlplane.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Built binaries, shared by all clusters of a user: {@code bin/<kubernetes
 * version>-<digest>/<name>} under {@code $XDG_CACHE_HOME/viking}, else {@code ~/.cache/viking}. The
 * digest is of everything that the binaries depend on, so a folder never changes once a binary is
 * in it.
 */
public final class BinaryCache {
  private final Path root;

  private BinaryCache(Path root) {
    this.root = root;
  }

  public static BinaryCache resolve(Environment environment) {
    return new BinaryCache(
        environment
            .directory("XDG_CACHE_HOME")
            .orElseGet(() -> environment.home().resolve(".cache"))
            .resolve("viking"));
  }

  public Path root() {
    return root;
  }

  /** Where the binaries of one recipe belong. */
  public Path binaries(String key) {
    return root.resolve("bin").resolve(key);
  }

  /** Where a recipe's sources are laid out to be built; also holds the lock of its builders. */
  public Path workspace(String key) {
    return root.resolve("build").resolve(key);
  }

  /** Whether every one of the named binaries of a recipe is there. */
  public boolean holds(String key, String... names) {
    return Arrays.stream(names)
        .map(name -> binaries(key).resolve(name))
        .allMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
