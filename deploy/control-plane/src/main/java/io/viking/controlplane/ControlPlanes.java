package io.viking.controlplane;

import io.viking.controlplane.build.NativeBuild;
import io.viking.controlplane.build.Recipe;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import io.viking.controlplane.external.ExternalControlPlane;
import io.viking.controlplane.k3s.DockerEngine;
import io.viking.controlplane.k3s.K3sControlPlane;
import io.viking.controlplane.process.Orphans;
import io.viking.controlplane.process.ProcessRecords;
import io.viking.controlplane.upstream.Binaries;
import io.viking.controlplane.upstream.NativeControlPlane;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The entry point: how a command gets a {@link ControlPlane}, or looks at one of another process.
 */
public final class ControlPlanes {
  private static final List<String> COMPONENTS =
      Stream.concat(Binaries.COMPONENTS.stream(), Stream.of(K3sControlPlane.COMPONENT)).toList();

  private static final Duration ORPHANS_END_WITHIN = Duration.ofSeconds(15);

  private ControlPlanes() {}

  /**
   * Settles on a mode (design §9) and prepares its control plane; nothing is built or started yet.
   * The mode of a data directory's cluster stays: it is written down at the first call.
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
    DataDirectory directory = lock.directory();
    NativeBuild build = new NativeBuild(cache, Recipe.bundled(), environment);
    LocalMachine machine = new LocalMachine(build, environment);
    Optional<ControlPlaneMode> before = directory.mode();
    ControlPlane chosen =
        switch (ModeChoice.decide(options, before, machine)) {
          case ModeChoice.External(Path kubeconfig) ->
              new ExternalControlPlane(
                  directory, kubeconfig, kubectl(cache, environment), options, clock);
          case ModeChoice.Native() ->
              new NativeControlPlane(
                  directory,
                  build,
                  options.hybrid()
                      ? Optional.of(
                          new NativeBuild(
                              cache, Recipe.comparison().only(Binaries.SCHEDULER), environment))
                      : Optional.empty(),
                  options.metricsServer()
                      ? Optional.of(
                          new NativeBuild(cache, Recipe.metrics(), environment).patiently())
                      : Optional.empty(),
                  options,
                  Versions.bundled(),
                  environment,
                  clock);
          case ModeChoice.K3s() ->
              new K3sControlPlane(
                  directory,
                  machine.docker().orElseThrow(),
                  options,
                  Versions.bundled().kubernetes(),
                  environment,
                  clock);
          case ModeChoice.Refused(String sentence) -> throw new ControlPlaneException(sentence);
        };
    directory.keepMode(chosen.mode());
    return chosen;
  }

  /**
   * What the records in the data directory and the process table say about a control plane, and
   * whatever else stands on it, that another process runs, or ran until it was killed. Components
   * that ended cleanly, and those of a cluster that is not ours, are not among them.
   */
  public static List<Component> inspect(DataDirectory directory, Clock clock) {
    Orphans recorded = recorded(directory, clock);
    List<String> names = new ArrayList<>(COMPONENTS);
    names.addAll(recorded.othersThan(COMPONENTS));
    return recorded.inspect(names, directory.owner().isPresent());
  }

  /**
   * Stops the processes that a killed one left behind.
   *
   * @return those that were stopped
   */
  public static List<Component> stopOrphans(DataDirectoryLock lock, Clock clock) {
    try {
      Orphans recorded = recorded(lock.directory(), clock);
      // What stands on the control plane goes first.
      List<String> names = new ArrayList<>(recorded.othersThan(COMPONENTS));
      names.addAll(COMPONENTS.reversed());
      return recorded.stop(names);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneException(
          "interrupted while processes of an earlier run were being stopped: run it again.", e);
    }
  }

  /**
   * Deletes the cluster, after stopping what was left behind. Only what viking put there is
   * deleted, and the directory itself if nothing else is in it. The lock is closed.
   *
   * @throws ControlPlaneException if a file cannot be deleted
   */
  public static void reset(DataDirectoryLock lock, Clock clock) {
    try (lock) {
      stopOrphans(lock, clock);
      lock.directory().delete();
    }
    lock.directory().deleteIfEmpty();
  }

  /**
   * The kubectl of the same version as the API server if it was built, else the one on {@code
   * PATH}.
   *
   * @throws ControlPlaneException if there is neither
   */
  public static Path kubectl(BinaryCache cache, Environment environment) {
    String key = Recipe.bundled().key();
    return cache.holds(key, Binaries.KUBECTL)
        ? cache.binaries(key).resolve(Binaries.KUBECTL)
        : environment
            .executable(Binaries.KUBECTL)
            .orElseThrow(
                () ->
                    new ControlPlaneException(
                        "there is no kubectl: run viking up with Go installed, which builds one, or install it."));
  }

  private static Orphans recorded(DataDirectory directory, Clock clock) {
    return new Orphans(
        new ProcessRecords(directory.run()), directory::log, ORPHANS_END_WITHIN, clock);
  }

  /** Asks Docker once at most. */
  private static final class LocalMachine implements ModeChoice.Machine {
    private final NativeBuild build;
    private final Environment environment;
    private Optional<DockerEngine> docker = Optional.empty();

    LocalMachine(NativeBuild build, Environment environment) {
      this.build = build;
      this.environment = environment;
    }

    @Override
    public boolean binariesAreCached() {
      return build.isCached();
    }

    @Override
    public boolean dockerAnswers() {
      docker = DockerEngine.answering(environment);
      return docker.isPresent();
    }

    @Override
    public boolean goIsInstalled() {
      return build.canBuild();
    }

    Optional<DockerEngine> docker() {
      return docker;
    }
  }
}
