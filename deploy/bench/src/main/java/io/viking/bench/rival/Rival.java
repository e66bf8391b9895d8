package io.viking.bench.rival;

import io.viking.bench.apiserver.RawCalls.DeleteOptions;
import io.viking.bench.process.ObservedProcess;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.Purpose;
import io.viking.bench.workload.PodPlacement;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Versions;
import io.viking.controlplane.data.PrivateFiles;
import io.viking.controlplane.process.Launcher;
import io.viking.controlplane.process.Orphans;
import io.viking.controlplane.process.ProcessGroup;
import io.viking.controlplane.process.ProcessRecords;
import io.viking.controlplane.process.ProcessSpec;
import io.viking.controlplane.process.SupervisedProcess;
import io.viking.controlplane.upstream.Binaries;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * kube-scheduler and KWOK on a cluster, as children of this process, from {@link #start} to {@link
 * #close}: processes, nodes and leases. Driven by one thread; {@link #processes} by any.
 */
public final class Rival implements AutoCloseable {
  /** As reports call them. */
  public static final String NAME = "kube-scheduler + KWOK";

  private static final Duration SERVES_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final List<String> STARTED = List.of(Binaries.SCHEDULER, Binaries.KWOK);

  private final BenchSession session;
  private final Path kubeconfig;
  private final Binaries binaries;
  private final RivalDirectory directory;
  private final RivalSettings settings;
  private final FakeNodes nodes;
  private final ProcessGroup group;

  private Rival(
      BenchSession session,
      Path kubeconfig,
      Binaries binaries,
      RivalDirectory directory,
      RivalSettings settings,
      Environment environment) {
    this.session = session;
    this.kubeconfig = kubeconfig.toAbsolutePath();
    this.binaries = binaries;
    this.directory = directory;
    this.settings = settings;
    this.nodes = new FakeNodes(session, settings);
    this.group =
        new ProcessGroup(
            new Launcher(environment), new ProcessRecords(directory.records()), session.clock());
  }

  /**
   * Starts them and waits until pods can be scheduled to all of their nodes. What a killed run left
   * behind is stopped first.
   *
   * @param kubeconfig of an administrator of the session's cluster; they use it too
   * @throws BenchFailure if they do not get as far
   */
  public static Rival start(
      BenchSession session,
      Path kubeconfig,
      Binaries binaries,
      RivalDirectory directory,
      RivalSettings settings,
      Environment environment)
      throws InterruptedException {
    directory.prepare();
    stopOrphans(directory, session);
    var rival = new Rival(session, kubeconfig, binaries, directory, settings, environment);
    boolean started = false;
    try {
      rival.begin();
      started = true;
      return rival;
    } catch (ControlPlaneException e) {
      throw new BenchFailure(e.sentence(), e);
    } catch (KubeApiException e) {
      throw new BenchFailure("the nodes of KWOK cannot be made: %s".formatted(e.getMessage()), e);
    } finally {
      if (!started) {
        rival.close();
      }
    }
  }

  /** Where the pods of its storms go. */
  public PodPlacement placement() {
    return nodes.placement();
  }

  /** Those that run now. */
  public List<ObservedProcess> processes() {
    return group.components().stream()
        .filter(component -> component.pid().isPresent())
        .map(component -> new ObservedProcess(component.name(), component.pid().getAsLong()))
        .toList();
  }

  /** How often one of them died and was started again; a figure taken meanwhile is worth little. */
  public int restarts() {
    return group.components().stream().mapToInt(Component::restarts).sum();
  }

  /**
   * Ends both and removes the nodes. Pods that are left, after a failure, are removed first, for
   * nobody would stop them any more. Works also when the thread was interrupted before.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      session
          .raw()
          .delete(ResourceType.PODS.path(session.namespace(Purpose.STORM)), DeleteOptions.AT_ONCE);
      group.close();
      nodes.delete();
    } catch (InterruptedException again) {
      interrupted = true;
    } catch (KubeApiException failed) {
      session
          .progress()
          .note(
              "not all that belongs to KWOK was removed yet (%s); the end of the run tries again."
                  .formatted(failed.getMessage()));
    } finally {
      group.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void begin() throws InterruptedException {
    PrivateFiles.write(
        directory.schedulerConfiguration(), SchedulerCommand.configuration(kubeconfig, settings));
    PrivateFiles.write(
        directory.kwokConfiguration(), KwokCommand.configuration(nodes.selector(), settings));
    session.progress().step("starting kube-scheduler and KWOK");
    nodes.create();
    int schedulerPort = freePort();
    int kwokPort = freePort();
    Versions versions = Versions.bundled();
    var scheduler =
        launch(
            Binaries.SCHEDULER,
            versions.kubernetes(),
            SchedulerCommand.of(binaries, directory, schedulerPort),
            Serving.selfSigned(schedulerPort, "/readyz", directory.schedulerCertificate()));
    var kwok =
        launch(
            Binaries.KWOK,
            versions.kwok(),
            KwokCommand.of(binaries, directory.kwokConfiguration(), kubeconfig, kwokPort),
            Serving.plain(kwokPort, "/healthz"));
    scheduler.awaitReady(SERVES_WITHIN);
    kwok.awaitReady(SERVES_WITHIN);
    nodes.awaitReady();
  }

  private SupervisedProcess launch(
      String name, String version, List<String> command, BooleanSupplier serves) {
    return group.launch(
        new ProcessSpec(name, version, command, directory.log(name), serves, STOP_WITHIN));
  }

  private static void stopOrphans(RivalDirectory directory, BenchSession session)
      throws InterruptedException {
    Clock clock = session.clock();
    List<Component> orphans =
        new Orphans(new ProcessRecords(directory.records()), directory::log, STOP_WITHIN, clock)
            .stop(STARTED);
    for (Component orphan : orphans) {
      session
          .progress()
          .note(
              "stopped %s (pid %d), left behind by an earlier run."
                  .formatted(orphan.name(), orphan.pid().orElse(0)));
    }
  }

  /** Free now; whoever takes it meanwhile is named by the one that cannot have it. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchFailure("no port is free on the loopback address: " + e.getMessage(), e);
    }
  }
}
