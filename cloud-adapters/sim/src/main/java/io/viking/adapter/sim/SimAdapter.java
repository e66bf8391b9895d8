package io.viking.adapter.sim;

import io.grpc.BindableService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.viking.adapter.sim.core.Usage;
import io.viking.adapter.sim.faults.FaultPlan;
import io.viking.adapter.sim.files.FileError;
import io.viking.adapter.sim.network.serve.OpenSockets;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.shell.io.Signals;
import io.viking.adapter.sim.spec.OrderParser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;

/**
 * The simulated cloud as an adapter: opened, it lives in real time until it is closed, and its
 * {@link #services} are for the kit's AdapterServer.
 *
 * <p>Any thread. Close the server first: calls that come later fail UNAVAILABLE.
 */
public final class SimAdapter implements AutoCloseable {
  private final SimProfile profile;
  private final LiveCloud cloud;
  private final Operator operator;
  private final Sandboxes sandboxes;
  private final OpenSockets sockets;
  private final ExecutorService executor;
  private final List<BindableService> services;
  private final List<Runnable> unregister = new ArrayList<>();

  private SimAdapter(SimOptions options, CloudMemory.Opened opened) {
    this.profile = options.profile();
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sim-call-", 0).factory());
    this.cloud = new LiveCloud(opened, options.clock(), executor);
    this.operator = new Operator(cloud);
    FaultPlan faults =
        new FaultPlan(
            profile.faults(), new SplittableRandom(options.seed()), options.clock().instant());
    Front front = new Front(profile, faults, options.clock(), executor, options.meters());
    Purchases purchases = new Purchases(cloud, front, new OrderParser(profile));
    this.sandboxes = new Sandboxes(cloud, options.clock());
    cloud.listen(sandboxes);
    NetworkActs network = new NetworkActs(cloud);
    this.sockets =
        new OpenSockets(
            new NetworkScene(cloud), profile.network().sockets(), options.clock(), executor);
    network.listen(sockets::changed);
    this.services =
        List.of(
            new InfoEndpoint(profile),
            new CatalogEndpoint(cloud, front),
            new InstanceEndpoint(cloud, front, executor, purchases, sandboxes),
            new LoadBalancerEndpoint(front, profile, network),
            new DnsEndpoint(front, profile, network),
            new OperatorEndpoint(operator, profile),
            new NetworkOperatorEndpoint(network, sockets));
    gauge(options, "viking_sim_instances", "Instances that live", Usage::live);
    gauge(
        options,
        "viking_sim_spending_nanos_per_second",
        "What the instances that live cost, billionths of the currency's unit per second",
        Usage::nanosPerSecond);
  }

  /**
   * Opens the cloud, going on with the state in its directory if there is any.
   *
   * @throws IOException if another cloud has the directory, or its state cannot be read or written
   * @throws io.viking.adapter.sim.core.SnapshotException if the state does not fit the profile
   */
  public static SimAdapter open(SimOptions options) throws IOException {
    CloudMemory.Opened opened = CloudMemory.open(options, options.clock().instant());
    InstantSource clock = goingOn(options.clock(), opened.cloud().now());
    SimAdapter adapter = new SimAdapter(options.withClock(clock), opened);
    adapter.cloud.start();
    adapter.sockets.start();
    return adapter;
  }

  /**
   * The cloud's time goes on from where it was. A clock that was set back while nobody ran would
   * have it stand still until then: nothing would start, and nothing end.
   */
  private static InstantSource goingOn(InstantSource clock, Instant last) {
    Duration ahead = Duration.between(clock.instant(), last);
    return ahead.isPositive() ? () -> clock.instant().plus(ahead) : clock;
  }

  public List<BindableService> services() {
    return services;
  }

  public SimProfile profile() {
    return profile;
  }

  /** See {@link SimProfile#cloudShare}. */
  public Duration cloudShare(int instances) {
    return profile.cloudShare(instances);
  }

  /** What is done to it from outside; {@link #services} has the same as calls. */
  public Operator operator() {
    return operator;
  }

  /** A file as a container sees it; empty if there is none. */
  Optional<byte[]> file(String cluster, String uid, String container, String path) {
    try (Sandbox.Visit visit = sandboxes.enter(cluster, uid, container, new Signals())) {
      return Optional.of(visit.container().files().read(path).toByteArray());
    } catch (FileError e) {
      return Optional.empty();
    }
  }

  /** Execs and forwarded connections that are open. */
  int visits() {
    return sandboxes.visits();
  }

  @Override
  public void close() throws IOException {
    unregister.forEach(Runnable::run);
    sockets.close();
    executor.shutdownNow();
    cloud.close();
  }

  private void gauge(
      SimOptions options, String name, String description, ToDoubleFunction<Usage> value) {
    Meter gauge =
        Gauge.builder(name, cloud, c -> value.applyAsDouble(c.read(now -> now.usage(""))))
            .description(description)
            .register(options.meters());
    unregister.add(() -> options.meters().remove(gauge));
  }
}
