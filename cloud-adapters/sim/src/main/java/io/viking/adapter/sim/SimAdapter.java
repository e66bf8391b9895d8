package io.viking.adapter.sim;

import io.grpc.BindableService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.viking.adapter.sim.core.Usage;
import io.viking.adapter.sim.faults.FaultPlan;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Reclaim;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.SetSpot;
import io.viking.adapter.sim.state.SetStock;
import io.viking.adapter.sim.state.SetZone;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;

/**
 * The simulated cloud as an adapter: opened, it lives in real time until it is closed, and its
 * {@link #services} are for the kit's AdapterServer. Load balancers and DNS are not among them yet:
 * gRPC answers UNIMPLEMENTED.
 *
 * <p>Any thread. Close the server first: calls that come later fail UNAVAILABLE.
 */
public final class SimAdapter implements AutoCloseable {
  private final SimProfile profile;
  private final LiveCloud cloud;
  private final ExecutorService executor;
  private final List<BindableService> services;
  private final List<Runnable> unregister = new ArrayList<>();

  private SimAdapter(SimOptions options, CloudMemory.Opened opened) {
    this.profile = options.profile();
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sim-call-", 0).factory());
    this.cloud = new LiveCloud(opened, options.clock(), executor);
    FaultPlan faults =
        new FaultPlan(
            profile.faults(), new SplittableRandom(options.seed()), options.clock().instant());
    Front front = new Front(profile, faults, options.clock(), executor, options.meters());
    Purchases purchases = new Purchases(cloud, front, new OrderParser(profile));
    this.services =
        List.of(
            new InfoEndpoint(profile),
            new CatalogEndpoint(cloud, front),
            new InstanceEndpoint(cloud, front, executor, purchases));
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
    SimAdapter adapter =
        new SimAdapter(options, CloudMemory.open(options, options.clock().instant()));
    adapter.cloud.start();
    return adapter;
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

  /**
   * Bounds how many instances of a type can live in a zone; those that live count.
   *
   * @param type empty: every type
   * @param limit -1: no bound
   * @return false if there is no such zone or type
   */
  public boolean setStock(String zone, String type, long limit) {
    return operate(
        Operate.newBuilder()
            .setSetStock(SetStock.newBuilder().setZone(zone).setType(type).setLimit(limit)));
  }

  /** Takes a zone off sale or puts it back; what runs there goes on. False: no such zone. */
  public boolean setZoneAvailable(String zone, boolean available) {
    return operate(
        Operate.newBuilder()
            .setSetZone(SetZone.newBuilder().setZone(zone).setAvailable(available)));
  }

  /**
   * Sets the market price, within the profile's bounds, until the next interval moves it; who is
   * outbid and not protected is asked to leave.
   *
   * @param ppm parts per million of the on demand price
   */
  public boolean setSpotPrice(String zone, String type, long ppm) {
    return operate(
        Operate.newBuilder()
            .setSetSpot(SetSpot.newBuilder().setZone(zone).setType(type).setPpm(ppm)));
  }

  /** Takes a spot instance back after the notice, protected or not. False: no such one lives. */
  public boolean reclaim(String clusterId, String uid) {
    return operate(
        Operate.newBuilder().setReclaim(Reclaim.newBuilder().setCluster(clusterId).setUid(uid)));
  }

  @Override
  public void close() throws IOException {
    unregister.forEach(Runnable::run);
    executor.shutdownNow();
    cloud.close();
  }

  private boolean operate(Operate.Builder act) {
    return cloud.command(
        at -> Record.newBuilder().setOperate(act.setNow(at.toEpochMilli())).build(),
        now -> at -> now.operate(act.build()));
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
