package io.viking.bench.rival;

import io.viking.bench.process.ObservedProcess;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.build.NativeBuild;
import io.viking.controlplane.build.Recipe;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.upstream.Binaries;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where rivals come from: their binaries are built when first asked for, and kept. It exists before
 * a session does, so that the session can watch their processes.
 */
public final class Rivals {
  private final Path kubeconfig;
  private final Binaries binaries;
  private final RivalDirectory directory;
  private final RivalSettings settings;
  private final Environment environment;
  private final AtomicReference<Optional<Rival>> running = new AtomicReference<>(Optional.empty());

  /**
   * @param kubeconfig of an administrator of the cluster
   */
  public Rivals(
      Path kubeconfig,
      Binaries binaries,
      RivalDirectory directory,
      RivalSettings settings,
      Environment environment) {
    this.kubeconfig = kubeconfig;
    this.binaries = binaries;
    this.directory = directory;
    this.settings = settings;
    this.environment = environment;
  }

  /** Whether the binaries are there, so that {@link #binaries} takes no time. */
  public static boolean areBuilt(Environment environment) {
    return build(environment).isCached();
  }

  /**
   * Takes minutes the first time, and says how far it is.
   *
   * @throws BenchFailure if they cannot be built
   */
  public static Binaries binaries(Environment environment, Progress progress)
      throws InterruptedException {
    try {
      return build(environment).obtain(progress);
    } catch (ControlPlaneException e) {
      throw new BenchFailure(e.sentence(), e);
    }
  }

  private static NativeBuild build(Environment environment) {
    return new NativeBuild(BinaryCache.resolve(environment), Recipe.comparison(), environment);
  }

  /** Starts the one that may run at a time; the caller closes it. */
  public Rival start(BenchSession session) throws InterruptedException {
    Rival rival = Rival.start(session, kubeconfig, binaries, directory, settings, environment);
    running.set(Optional.of(rival));
    return rival;
  }

  /** Its processes, while it runs. Safe for all threads. */
  public List<ObservedProcess> processes() {
    return running.get().map(Rival::processes).orElse(List.of());
  }

  public RivalDirectory directory() {
    return directory;
  }

  public RivalSettings settings() {
    return settings;
  }
}
