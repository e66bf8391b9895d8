package io.viking.chaos.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.faults.FaultScript;
import io.viking.adapter.kit.faults.FaultyProxy;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.chaos.api.ApiProxy;
import io.viking.chaos.plan.Disk;
import io.viking.chaos.plan.Size;
import io.viking.chaos.plan.Target;
import io.viking.chaos.wire.Scissors;
import io.viking.cli.install.Installer;
import io.viking.cli.network.IngressKinds;
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
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.system.Belongings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The whole system, each part a process of its own, with a faulty proxy on both wires of the loops:
 *
 * <pre>
 * etcd - kube-apiserver ----- API proxy --+-- schedulers --+-- scissors - adapter proxy --- simulated cloud
 *              |                          +-- syncers -----+                                     |
 *              +---------------- the witness and the user ---------------------------------------+
 * </pre>
 */
final class Arena implements AutoCloseable {
  /** Slow enough that a fault finds pods under way, and with a limit that is sometimes reached. */
  private static final String CLOUD =
      """
      base: eci
      rates:
        create: {burst: 60, perMinute: 6000}
        delete: {burst: 60, perMinute: 6000}
        list: {burst: -1, perMinute: 1}
      quotas: {instances: -1, vcpu: -1}
      latency:
        sandboxSeconds: {min: 0.1, max: 0.6}
        imagePullSeconds: {min: 0.1, max: 0.5}
        cachedImagePullSeconds: {min: 0.01, max: 0.1}
        containerStartSeconds: {min: 0.01, max: 0.1}
      containers: {runSeconds: 0.5, initSeconds: 0.05, stopSeconds: 0.3}
      network:
        loadBalancers:
          layer4: -1
          rulesPerListener: -1
          backendsEach: -1
          backendsPerGroup: -1
          writes: {burst: 100, perMinute: 1200}
          reads: {burst: -1, perMinute: 1}
          provisioningSeconds: {min: 0.2, max: 0.6}
          configuringSeconds: {min: 0.1, max: 0.3}
          registeringSeconds: {min: 0.05, max: 0.2}
        dns:
          writes: {burst: 600, perMinute: 36000}
          reads: {burst: -1, perMinute: 1}
        sockets: {open: false}
      """;

  /** The share of the adapter's calls that something happens to all the time, unplanned. */
  private static final double NOISE = 0.05;

  private static final Duration LONGEST_DELAY = Duration.ofMillis(500);

  /** Room for the journal of a run. */
  private static final int CLOUD_MEGABYTES = 48;

  /**
   * For etcd, which sets segments of 64 MB aside for its log, four or more of them in time, and
   * keeps some 6 MB of objects for each round. A disk that it fills by itself stays full.
   */
  private static final int ETCD_MEGABYTES = 380;

  private static final int ETCD_MEGABYTES_OF_A_ROUND = 20;

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(120);

  private final Belongings closing = new Belongings();
  private final Path directory;
  private final DataDirectory data;
  private final ControlPlane controlPlane;
  private final ApiServer apiServer;
  private final AdapterChannel cloud;
  private final FaultyProxy adapterProxy;
  private final ApiProxy apiProxy;
  private final Scissors scissors;
  private final Map<Target, Part> parts = new EnumMap<>(Target.class);
  private final Map<Disk, SmallDisk> disks = new EnumMap<>(Disk.class);

  private Arena(Path directory, long seed, Size size, Clock clock) throws Exception {
    this.directory = directory;
    this.data = DataDirectory.resolve(Optional.of(directory.resolve("data")), Environment.system());
    DataDirectoryLock lock = closing.add(data.acquire(clock));
    try {
      smallDisk(Disk.CLOUD, data.simulatedCloud(), CLOUD_MEGABYTES);
      smallDisk(Disk.ETCD, data.etcd(), ETCD_MEGABYTES + ETCD_MEGABYTES_OF_A_ROUND * size.rounds());
      this.controlPlane =
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
      this.apiServer = controlPlane.start(Progress.silent());
      controlPlane.awaitControllers();
      installKinds();

      Path profile = Files.writeString(directory.resolve("cloud.yaml"), CLOUD);
      var simAddress = new AdapterAddress.UnixSocket(data.socket("adapter.sock"));
      start(
          Target.SIM,
          1,
          List.of(
              "adapter",
              "sim",
              "--listen",
              simAddress.toString(),
              "--profile",
              profile.toString(),
              "--seed",
              Long.toString(seed),
              "--state-dir",
              data.simulatedCloud().toString()));
      this.cloud = closing.add(AdapterChannel.open(simAddress));

      AdapterChannel upstream = closing.add(AdapterChannel.open(simAddress));
      this.adapterProxy =
          closing.add(
              new FaultyProxy(
                  upstream.channel(), FaultScript.seeded(seed, NOISE, LONGEST_DELAY), clock));
      var proxied = new AdapterAddress.UnixSocket(data.socket("faulty.sock"));
      closing.add(
          AdapterServer.builder(new SimpleMeterRegistry())
              .services(adapterProxy.services())
              .stopWithin(Duration.ofSeconds(1))
              .listen(proxied)
              .start());
      var cut = new AdapterAddress.UnixSocket(data.socket("cut.sock"));
      this.scissors = closing.add(Scissors.start(cut.path(), proxied.path()));
      this.apiProxy =
          closing.add(
              ApiProxy.start(
                  apiServer.server(),
                  new ApiProxy.Identity(data.pki(), "ca", "apiserver", "admin"),
                  clock));
      Path kubeconfig = directory.resolve("proxy.kubeconfig");
      apiProxy.writeKubeconfig(kubeconfig);
      var peers = new ArrayList<>(List.of("--kubeconfig", kubeconfig.toString()));
      peers.addAll(List.of("--adapter", cut.toString()));
      int replicas = size.replicas();
      if (replicas > 1) {
        peers.add("--leader-elect");
      }
      start(
          Target.SCHEDULER,
          replicas,
          with("scheduler", peers, "--scheduler-name", "viking,default-scheduler"));
      start(Target.SYNCER, replicas, with("syncer", peers));
    } catch (Exception | Error failed) {
      close();
      throw failed;
    }
  }

  /** Starts everything; what was started is stopped again if that fails. */
  static Arena start(Path directory, long seed, Size size, Clock clock) throws Exception {
    var arena = new Arena(directory, seed, size, clock);
    try {
      for (Target loop : List.of(Target.SCHEDULER, Target.SYNCER)) {
        Awaitility.await(loop.process() + " to be ready")
            .atMost(STARTS_WITHIN)
            .until(() -> arena.part(loop).isComplete());
      }
    } catch (ConditionTimeoutException e) {
      System.out.println("chaos: the logs are in " + arena.logs());
      arena.close();
      throw e;
    }
    return arena;
  }

  private void smallDisk(Disk disk, Path at, int megabytes) throws InterruptedException {
    try {
      disks.put(disk, closing.add(SmallDisk.mount(at, megabytes)));
    } catch (IOException cannot) {
      System.out.printf("chaos: %s cannot be filled here: %s%n", disk.text(), cannot.getMessage());
    }
  }

  /** What Ingresses need, as {@code viking up} makes it. */
  private void installKinds() throws InterruptedException {
    try (KubeClients clients =
        KubeClients.of(
            apiServer.adminKubeconfig(), KubeClientConfig.DEFAULT, new SimpleMeterRegistry())) {
      new IngressKinds(new Installer(clients.api(), Duration.ofSeconds(1)))
          .apply()
          .ifPresent(
              why -> {
                throw new IllegalStateException(why);
              });
    }
  }

  private void start(Target target, int count, List<String> arguments) throws IOException {
    Part part = closing.add(new Part(target, directory, data, arguments));
    parts.put(target, part);
    part.start(count);
  }

  private static List<String> with(String command, List<String> peers, String... more) {
    var arguments = new ArrayList<String>();
    arguments.add(command);
    arguments.addAll(peers);
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** One that we start, with all its processes. */
  Part part(Target target) {
    return Objects.requireNonNull(parts.get(target), target.process());
  }

  /**
   * Has one syncer after the other start anew with so many shards.
   *
   * @return false if there is but one, which stands for no lease
   */
  boolean rollOutSyncers(int shards) throws IOException, InterruptedException {
    Part syncers = part(Target.SYNCER);
    if (syncers.size() == 1) {
      return false;
    }
    syncers.rollOut(List.of("--shards", Integer.toString(shards)));
    return true;
  }

  /** Empty if this machine has no such disk for us. */
  Optional<SmallDisk> disk(Disk disk) {
    return Optional.ofNullable(disks.get(disk));
  }

  /** On the way from the loops to the adapter's proxy. */
  Scissors scissors() {
    return scissors;
  }

  /** The user's, past the proxy. */
  Path adminKubeconfig() {
    return apiServer.adminKubeconfig();
  }

  /** To the simulated cloud, past the proxy. */
  AdapterChannel cloud() {
    return cloud;
  }

  FaultyProxy adapterProxy() {
    return adapterProxy;
  }

  ApiProxy apiProxy() {
    return apiProxy;
  }

  /** The process as it runs now, of several one that leads; empty while it does not. */
  Optional<Long> pid(Target target) {
    return switch (target) {
      case SYNCER, SCHEDULER, SIM -> Optional.of(part(target).pid());
      case API_SERVER, ETCD ->
          controlPlane.components().stream()
              .filter(component -> component.name().equals(target.process()))
              .filter(component -> component.pid().isPresent())
              .map(component -> component.pid().getAsLong())
              .findFirst();
    };
  }

  Path logs() {
    return data.logs();
  }

  @Override
  public void close() throws Exception {
    closing.close();
  }
}
