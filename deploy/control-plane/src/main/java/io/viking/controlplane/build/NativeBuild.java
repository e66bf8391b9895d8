package io.viking.controlplane.build;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.PrivateFiles;
import io.viking.controlplane.upstream.Binaries;
import io.viking.controlplane.upstream.BinarySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The binaries out of the cache, built into it with the Go toolchain when they are missing.
 *
 * <p>It may be interrupted or killed at any moment: every finished binary was moved into place
 * whole, and Go's own caches keep the modules and packages that were done. Once all are there,
 * neither Go nor a network is asked for.
 */
public final class NativeBuild implements BinarySource {
  private final BinaryCache cache;
  private final Recipe recipe;
  private final Environment environment;
  private final boolean patient;

  public NativeBuild(BinaryCache cache, Recipe recipe, Environment environment) {
    this(cache, recipe, environment, false);
  }

  private NativeBuild(BinaryCache cache, Recipe recipe, Environment environment, boolean patient) {
    this.cache = cache;
    this.recipe = recipe;
    this.environment = environment;
    this.patient = patient;
  }

  /** The same, built with what processors have nothing else to do, where the system can tell. */
  public NativeBuild patiently() {
    return new NativeBuild(cache, recipe, environment, true);
  }

  @Override
  public boolean isCached() {
    return cache.holds(recipe.key(), recipe.binaries());
  }

  /** Whether there is a {@code go} to build with; it may still be too old. */
  public boolean canBuild() {
    return GoToolchain.find(environment).isPresent();
  }

  @Override
  public Binaries obtain(Progress progress) throws InterruptedException {
    Path folder = cache.binaries(recipe.key());
    if (isCached()) {
      return new Binaries(folder);
    }
    GoVersion oldest = recipe.oldestGo();
    Path executable =
        GoToolchain.find(environment)
            .orElseThrow(
                () ->
                    new ControlPlaneException(
                        "there is no Go to build %s with: install Go %s or newer from https://go.dev/dl."
                            .formatted(recipe.what(), oldest)));
    Path workspace = cache.workspace(recipe.key());
    directories(workspace, folder);
    try (BuildLock lock = BuildLock.acquire(workspace.resolve("lock"), progress)) {
      if (!isCached()) {
        recipe.files().forEach((name, text) -> lay(workspace.resolve(name), text));
        GoToolchain go = GoToolchain.require(executable, oldest, workspace);
        if (patient) {
          go = go.yielding(environment);
        }
        progress.note(
            "Building %s with Go %s, once; the binaries are kept in %s."
                .formatted(recipe.what(), go.version(), folder));
        build(new Compilation(go, workspace, recipe, progress), folder);
        progress.done();
      }
    }
    return new Binaries(folder);
  }

  private void build(Compilation compilation, Path folder) throws InterruptedException {
    List<Recipe.Target> missing =
        recipe.targets().stream()
            .filter(target -> !cache.holds(recipe.key(), target.binary()))
            .toList();
    compilation.download();
    for (Recipe.Target target : missing) {
      // Of this process: a killed builder's go may still be writing its own.
      Path partial =
          folder.resolve(".%s.%d".formatted(target.binary(), ProcessHandle.current().pid()));
      try {
        compilation.build(target, partial);
        Files.move(partial, folder.resolve(target.binary()), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw PrivateFiles.failure("cannot move " + target.binary() + " into " + folder, e);
      } finally {
        delete(partial);
      }
    }
  }

  private static void directories(Path... paths) {
    for (Path path : paths) {
      try {
        Files.createDirectories(path);
      } catch (IOException e) {
        throw PrivateFiles.failure("cannot make the directory " + path, e);
      }
    }
  }

  private static void lay(Path file, String text) {
    PrivateFiles.directory(file.resolveSibling(".").normalize());
    PrivateFiles.write(file, text);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot delete " + file, e);
    }
  }
}
