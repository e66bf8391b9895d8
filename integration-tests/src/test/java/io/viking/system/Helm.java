package io.viking.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.build.NativeBuild;
import io.viking.controlplane.build.Recipe;
import io.viking.controlplane.data.BinaryCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Helm of its published module; built once, which takes minutes, and kept. */
final class Helm {
  private static final String VERSION = "v3.22.0";
  private static final String BINARY = "helm";

  private Helm() {}

  /**
   * The binary.
   *
   * @return empty if it is not there and the system property {@code viking.helm} does not say that
   *     it may be built
   */
  private static Optional<Path> binary() throws IOException, InterruptedException {
    Environment environment = Environment.system();
    var cache = BinaryCache.resolve(environment);
    Recipe recipe = recipe();
    var build = new NativeBuild(cache, recipe, environment);
    if (!build.isCached() && !Boolean.getBoolean("viking.helm")) {
      return Optional.empty();
    }
    build.obtain(Progress.silent());
    return Optional.of(cache.binaries(recipe.key()).resolve(BINARY));
  }

  /** The binary; without it the test is skipped, and says why. */
  static Path required() throws IOException, InterruptedException {
    Optional<Path> helm = binary();
    assumeTrue(
        helm.isPresent(),
        "helm is not built yet, which takes minutes: -Dviking.helm=true builds it");
    return helm.orElseThrow();
  }

  private static Recipe recipe() throws IOException {
    return new Recipe(
        "helm " + VERSION,
        BINARY + "-" + VERSION,
        List.of(
            new Recipe.Target(
                BINARY, "", "helm.sh/helm/v3/cmd/helm", List.of("-trimpath", "-ldflags", "-s -w"))),
        Map.of("go.mod", file("go.mod"), "go.sum", file("go.sum")));
  }

  private static String file(String name) throws IOException {
    try (InputStream in = Helm.class.getResourceAsStream("helm/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
