package io.viking.simulation.world;

import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Reclaim;
import io.viking.adapter.sim.state.SetSpot;
import io.viking.adapter.sim.state.SetStock;
import io.viking.adapter.sim.state.SetZone;
import io.viking.cloud.v1.Instance;
import io.viking.kube.annotations.SpotAnnotations;
import io.viking.simulation.fault.FaultKind;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Who runs the cloud, and who has its console: stock, zones, prices, and instances that go. */
final class CloudActors {
  /** Without a limit. */
  private static final long UNLIMITED = -1;

  /** Of the on demand price, in parts per million: what {@link Templates} would pay, and not. */
  private static final long USUAL_PPM = 300_000;

  private static final long DEAR_PPM = 1_000_000;

  private final World world;
  private final SplittableRandom random;

  CloudActors(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  /** Does one thing. */
  void act() {
    switch (random.nextInt(6)) {
      case 0 -> loseInstance();
      case 1 -> sellOut();
      case 2 -> closeZone();
      case 3 -> raisePrice();
      default -> reclaimSpot();
    }
  }

  /** All troubles are over that can be ended. */
  void restore() {
    Zones.IDS.forEach(
        zone -> {
          stock(zone, "", UNLIMITED);
          sell(zone, true);
          price(zone, USUAL_PPM);
        });
  }

  private void loseInstance() {
    List<Instance> living = living().toList();
    if (living.isEmpty()) {
      return;
    }
    Instance lost = living.get(random.nextInt(living.size()));
    world.trace.note(() -> "the instance of %s is deleted in the console".formatted(lost.getUid()));
    world.faults.count(FaultKind.INSTANCE_LOST);
    mayFail(lost.getUid());
    world.invariants.byOthers(() -> world.cloud.loseInstance(lost));
  }

  private void reclaimSpot() {
    List<Instance> spot = living(SpotAnnotations.STRATEGY.key());
    if (spot.isEmpty()) {
      return;
    }
    String uid = spot.get(random.nextInt(spot.size())).getUid();
    world.trace.note(() -> "the spot instance of %s is taken back".formatted(uid));
    world.faults.count(FaultKind.SPOT_RECLAIMED);
    mayFail(uid);
    world.cloud.operate(
        Operate.newBuilder()
            .setReclaim(Reclaim.newBuilder().setCluster(World.CLUSTER).setUid(uid)));
  }

  private void sellOut() {
    String zone = anyZone();
    String type = random.nextBoolean() ? "" : Zones.types().getFirst();
    world.faults.count(FaultKind.OUT_OF_STOCK);
    stock(zone, type, random.nextInt(3));
    later(() -> stock(zone, type, UNLIMITED));
  }

  private void closeZone() {
    String zone = anyZone();
    world.faults.count(FaultKind.ZONE_CLOSED);
    sell(zone, false);
    later(() -> sell(zone, true));
  }

  /** Above what some pods would pay: they wait, and what they have is taken once it may be. */
  private void raisePrice() {
    String zone = anyZone();
    world.faults.count(FaultKind.PRICE_RAISED);
    living(SpotAnnotations.PRICE_LIMIT.key()).stream()
        .filter(instance -> instance.getZone().equals(zone))
        .forEach(instance -> mayFail(instance.getUid()));
    price(zone, DEAR_PPM);
    later(() -> price(zone, USUAL_PPM));
  }

  private void stock(String zone, String type, long limit) {
    world.trace.note(
        () -> "stock of %s in %s: %d".formatted(type.isEmpty() ? "all" : type, zone, limit));
    world.cloud.operate(
        Operate.newBuilder()
            .setSetStock(SetStock.newBuilder().setZone(zone).setType(type).setLimit(limit)));
  }

  private void sell(String zone, boolean available) {
    world.trace.note(() -> "zone %s is %s sale".formatted(zone, available ? "on" : "off"));
    world.cloud.operate(
        Operate.newBuilder()
            .setSetZone(SetZone.newBuilder().setZone(zone).setAvailable(available)));
  }

  private void price(String zone, long ppm) {
    world.trace.note(() -> "spot instances in %s cost %d ppm".formatted(zone, ppm));
    world.cloud.operate(
        Operate.newBuilder().setSetSpot(SetSpot.newBuilder().setZone(zone).setPpm(ppm)));
  }

  private void mayFail(String uid) {
    world.invariants.life(uid).ifPresent(life -> life.mayFail = true);
  }

  /** Of pods with such an annotation. */
  private List<Instance> living(String annotation) {
    return living()
        .filter(
            instance ->
                world
                    .invariants
                    .life(instance.getUid())
                    .flatMap(life -> life.pod)
                    .filter(pod -> PodObject.annotations(pod).containsKey(annotation))
                    .isPresent())
        .toList();
  }

  /** Those of pods that are gone, too. */
  private Stream<Instance> living() {
    return world.cloud.list().stream().filter(PodLife::lives);
  }

  private void later(Runnable end) {
    world.time.after(random.nextInt(Actors.LONGEST_TROUBLE_MILLIS), end);
  }

  private String anyZone() {
    return Zones.IDS.get(random.nextInt(Zones.IDS.size()));
  }
}
