package io.viking.system;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.adapter.sim.SimOptions;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.chaos.api.ApiProxy;
import io.viking.cli.parts.SimCloud;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.ControlPlane;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.ControlPlaneOptions;
import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two syncers and two schedulers between a real API server and a simulated cloud, each with wires
 * of its own that are listened to.
 */
final class ReplicaArena implements AutoCloseable {
  private final Belongings closing = new Belongings();
  private final List<OneReplica> replicas = new ArrayList<>();
  private final Cluster cluster;

  private ReplicaArena(Path directory) throws Exception {
    Clock clock = Clock.systemUTC();
    DataDirectory data = DataDirectory.resolve(Optional.of(directory), Environment.system());
    DataDirectoryLock lock = closing.add(data.acquire(clock));
    ControlPlane controlPlane =
        closing.add(
            ControlPlanes.open(
                lock,
                BinaryCache.resolve(Environment.system()),
                ControlPlaneOptions.defaults()
                    .withMode(ControlPlaneMode.NATIVE)
                    .withMetricsServer(false)
                    .withUnsafeNoFsync(true),
                Environment.system(),
                clock));
    ApiServer server = controlPlane.start(Progress.silent());
    controlPlane.awaitControllers();
    var cloud = new AdapterAddress.UnixSocket(data.socket("adapter.sock"));
    closing.add(
        SimCloud.start(
            SimOptions.inMemory(Profiles.instant(), 1, new SimpleMeterRegistry()),
            List.of(new SimCloud.Listen(cloud, TransportSecurity.insecure()))));
    this.cluster = new Cluster(server.adminKubeconfig(), () -> AdapterChannel.open(cloud));
    var site =
        new OneReplica.Site(
            cloud.path().getParent(),
            cloud,
            server.server(),
            new ApiProxy.Identity(data.pki(), "ca", "apiserver", "admin"));
    for (String role : List.of("syncer", "scheduler")) {
      for (int number = 1; number <= 2; number++) {
        replicas.add(closing.add(OneReplica.start(site, role, number)));
      }
    }
  }

  /** Starts everything, and waits until one of each leads and the other stands by. */
  static ReplicaArena start(Path directory) throws Exception {
    var arena = new ReplicaArena(directory);
    try {
      for (String role : List.of("syncer", "scheduler")) {
        Await.until(
            "one " + role + " leads and one stands by",
            () ->
                arena.of(role).stream().filter(OneReplica::leads).count() == 1
                    && arena.of(role).stream().filter(OneReplica::standsBy).count() == 1);
      }
      return arena;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  Cluster cluster() {
    return cluster;
  }

  /** The two of a role. */
  List<OneReplica> of(String role) {
    return replicas.stream().filter(replica -> replica.name().startsWith(role)).toList();
  }

  OneReplica leader(String role) {
    return of(role).stream().filter(OneReplica::leads).findFirst().orElseThrow();
  }

  OneReplica other(OneReplica one) {
    return of(one.name().replaceAll("-.*", "")).stream()
        .filter(replica -> replica != one)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws Exception {
    closing.close();
  }
}
