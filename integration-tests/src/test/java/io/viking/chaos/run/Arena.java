package io.viking.chaos.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.faults.FaultScript;
import io.viking.adapter.kit.faults.FaultyProxy;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.chaos.api.ApiProxy;
import io.viking.chaos.plan.Target;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * etcd - kube-apiserver ----- API proxy --+-- scheduler --+-- adapter proxy --- simulated cloud
 *              |                          +-- syncer -----+                           |
 *              +---------------- the witness and the user ----------------------------+
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
      """;

  /** The share of the adapter's calls that something happens to all the time, unplanned. */
  private static final double NOISE = 0.05;

  private static final Duration LONGEST_DELAY = Duration.ofMillis(500);
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(120);

  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final Path directory;
  private final DataDirectory data;
  private final ControlPlane controlPlane;
  private final ApiServer apiServer;
  private final AdapterChannel cloud;
  private final FaultyProxy adapterProxy;
  private final ApiProxy apiProxy;
  private final Map<Target, Child> children = new EnumMap<>(Target.class);

  private Arena(Path directory, long seed, Clock clock) throws Exception {
    this.directory = directory;
    this.data = DataDirectory.resolve(Optional.of(directory.resolve("data")), Environment.system());
    DataDirectoryLock lock = later(data.acquire(clock));
    this.controlPlane =
        later(
            ControlPlanes.open(
                lock,
                BinaryCache.resolve(Environment.system()),
                ControlPlaneOptions.defaults()
                    .withMode(ControlPlaneMode.NATIVE)
                    .withUnsafeNoFsync(true),
                Environment.system(),
                clock));
    this.apiServer = controlPlane.start(Progress.silent());

    Path profile = Files.writeString(directory.resolve("cloud.yaml"), CLOUD);
    var simAddress = new AdapterAddress.UnixSocket(data.socket("adapter.sock"));
    child(
        Target.SIM,
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
    this.cloud = later(AdapterChannel.open(simAddress));

    AdapterChannel upstream = later(AdapterChannel.open(simAddress));
    this.adapterProxy =
        later(
            new FaultyProxy(
                upstream.channel(), FaultScript.seeded(seed, NOISE, LONGEST_DELAY), clock));
    var proxied = new AdapterAddress.UnixSocket(data.socket("faulty.sock"));
    later(
        AdapterServer.builder(new SimpleMeterRegistry())
            .services(adapterProxy.services())
            .stopWithin(Duration.ofSeconds(1))
            .listen(proxied)
            .start());
    this.apiProxy =
        later(
            ApiProxy.start(
                apiServer.server(),
                new ApiProxy.Identity(data.pki(), "ca", "apiserver", "admin"),
                clock));
    Path kubeconfig = directory.resolve("proxy.kubeconfig");
    apiProxy.writeKubeconfig(kubeconfig);
    List<String> peers =
        List.of("--kubeconfig", kubeconfig.toString(), "--adapter", proxied.toString());
    child(
        Target.SCHEDULER, with("scheduler", peers, "--scheduler-name", "viking,default-scheduler"));
    child(
        Target.SYNCER,
        with("syncer", peers, "--kubelet-port", Integer.toString(apiServer.kubelet().port())));
  }

  /** Starts everything; what was started is stopped again if that fails. */
  static Arena start(Path directory, long seed, Clock clock) throws Exception {
    var arena = new Arena(directory, seed, clock);
    try {
      for (Target loop : List.of(Target.SCHEDULER, Target.SYNCER)) {
        Awaitility.await(loop.process() + " to be ready")
            .atMost(STARTS_WITHIN)
            .ignoreExceptions()
            .until(() -> LoopStatus.read(arena.serverFile(loop)).state().equals("ready"));
      }
    } catch (ConditionTimeoutException e) {
      arena.close();
      throw e;
    }
    return arena;
  }

  private <T extends AutoCloseable> T later(T resource) {
    closing.push(resource);
    return resource;
  }

  private void child(Target target, List<String> arguments) throws IOException {
    var all = new ArrayList<>(arguments);
    all.addAll(List.of("--server-file", serverFile(target).toString()));
    Path output = data.log(target.process());
    children.put(target, later(Child.start(target.process(), output, all)));
  }

  private static List<String> with(String command, List<String> peers, String... more) {
    var arguments = new ArrayList<String>();
    arguments.add(command);
    arguments.addAll(peers);
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Where the process of a part says how it can be asked. */
  Path serverFile(Target target) {
    return directory.resolve(target.process() + ".json");
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

  /** The process as it runs now; empty while it does not. */
  Optional<Long> pid(Target target) {
    return switch (target) {
      case SYNCER, SCHEDULER, SIM ->
          Optional.of(Objects.requireNonNull(children.get(target)).pid());
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
    Exception first = null;
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
