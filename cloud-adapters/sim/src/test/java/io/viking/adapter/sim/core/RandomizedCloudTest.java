package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.TestPod;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.spec.FileUpdates;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.Create;
import io.viking.adapter.sim.state.Delete;
import io.viking.adapter.sim.state.DeleteOrder;
import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Reclaim;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.SetStock;
import io.viking.adapter.sim.state.SetZone;
import io.viking.adapter.sim.state.Update;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.Purchase;
import io.viking.cloud.v1.UpdateFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to the cloud in whatever order, these hold. A seed that fails is a test. */
class RandomizedCloudTest {
  private static final int STEPS = 600;
  private static final String PROFILE =
      """
      base: eci
      zones:
        - id: z1
          available: true
          vcpu: 10
          memoryGiB: 10
          gpus: 0
          vswitches: [{id: v1, cidr: 10.0.0.0/28}, {id: v2, cidr: 10.0.1.0/29}]
          stock: {default: 9, types: {2-4Gi: 3}}
        - id: z2
          available: true
          vcpu: 10
          memoryGiB: 10
          gpus: 0
          vswitches: [{id: v3, cidr: 10.0.2.0/27}]
          stock: {default: -1, types: {1-2Gi: 5}}
      quotas: {instances: 25, vcpu: 60}
      rates: {create: {burst: 20, perMinute: 120}, delete: {burst: 20, perMinute: 240}}
      spot: {step: 0.3, intervalSeconds: 60, reclaimProbability: 0.05}
      """;

  private final SimProfile profile = Profiles.parse("random", PROFILE);
  private final OrderParser parser = new OrderParser(profile);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20260721, 42})
  void randomOperations_keepTheInvariants(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SimCloud cloud = new SimCloud(profile, seed, CloudHarness.START);
    Instant now = CloudHarness.START;
    Watcher watcher = new Watcher();
    for (int step = 0; step < STEPS; step++) {
      now =
          now.plusMillis(
              random.nextInt(10) == 0 ? random.nextLong(600_000) : random.nextLong(3_000));
      cloud.replay(command(random, now, cloud));
      if (random.nextBoolean()) {
        cloud.advance(now.plusMillis(random.nextLong(100)));
      }
      watcher.see(cloud);
      checkLive(cloud);
      if (step % 10 == 0) {
        checkStock(cloud);
      }
    }
    assertThat(watcher.seen).as("the run bought something").isGreaterThan(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void commandsReplayed_fromAnySnapshot_giveTheSameState(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SimCloud cloud = new SimCloud(profile, seed, CloudHarness.START);
    SimCloud shadow = new SimCloud(profile, seed, CloudHarness.START);
    Instant now = CloudHarness.START;
    for (int step = 0; step < STEPS; step++) {
      now = now.plusMillis(random.nextLong(20_000));
      Record command = command(random, now, cloud);
      cloud.replay(command);
      // The other one is not woken between commands, and is rebuilt from its own records at times.
      for (int i = random.nextInt(5); i > 0; i--) {
        now = now.plusMillis(random.nextLong(5_000));
        cloud.advance(now);
      }
      shadow.replay(command);
      if (random.nextInt(20) == 0) {
        shadow = SimCloud.restore(profile, shadow.snapshot());
      }
      if (random.nextInt(20) == 0) {
        shadow.advance(now);
        assertThat(shadow.snapshot())
            .as("seed %s, step %s", seed, step)
            .isEqualTo(cloud.snapshot());
      }
    }
  }

  /** As it would be journalled: with the contents alone that the cloud does not have. */
  private Record command(SplittableRandom random, Instant now, SimCloud cloud) {
    cloud.advance(now);
    return switch (random.nextInt(11)) {
      case 0, 1, 2, 3, 4 -> {
        Create.Builder create =
            Create.newBuilder().setNow(now.toEpochMilli()).setCluster(cluster(random));
        Map<ByteString, ByteString> contents = new HashMap<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
          Parsed.Understood order = order(random);
          create.addOrders(order.order());
          contents.putAll(order.contents());
        }
        create.addAllBlobs(Contents.blobs(cloud.contents().missing(contents)));
        yield Record.newBuilder().setCreate(create).build();
      }
      case 10 -> {
        Update.Builder update =
            Update.newBuilder().setNow(now.toEpochMilli()).setCluster(cluster(random));
        Map<ByteString, ByteString> contents = new HashMap<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
          FileUpdates.Understood one =
              (FileUpdates.Understood)
                  FileUpdates.parse(
                      UpdateFiles.newBuilder()
                          .setUid("pod-" + random.nextInt(40))
                          .addVolumes(files(random))
                          .build());
          update.addUpdates(one.update());
          contents.putAll(one.contents());
        }
        yield Record.newBuilder().setUpdate(update.addAllBlobs(Contents.blobs(contents))).build();
      }
      case 5, 6, 7, 8 -> {
        Delete.Builder delete =
            Delete.newBuilder().setNow(now.toEpochMilli()).setCluster(cluster(random));
        for (int i = random.nextInt(1, 6); i > 0; i--) {
          delete.addOrders(
              DeleteOrder.newBuilder()
                  .setUid("pod-" + random.nextInt(40))
                  .setAttempt(random.nextInt(1, 30))
                  .setGraceMillis(random.nextInt(3) * 2_000L));
        }
        yield Record.newBuilder().setDelete(delete).build();
      }
      default -> {
        Operate.Builder operate = Operate.newBuilder().setNow(now.toEpochMilli());
        switch (random.nextInt(3)) {
          case 0 ->
              operate.setSetStock(
                  SetStock.newBuilder()
                      .setZone("z1")
                      .setType(random.nextBoolean() ? "" : "2-4Gi")
                      .setLimit(random.nextInt(-1, 6)));
          case 1 ->
              operate.setSetZone(
                  SetZone.newBuilder().setZone("z2").setAvailable(random.nextInt(3) > 0));
          default ->
              operate.setReclaim(
                  Reclaim.newBuilder()
                      .setCluster(cluster(random))
                      .setUid("pod-" + random.nextInt(40)));
        }
        yield Record.newBuilder().setOperate(operate).build();
      }
    };
  }

  /** Of few contents, so that instances share some. */
  private static FileVolume.Builder files(SplittableRandom random) {
    return FileVolume.newBuilder()
        .setVolume("config")
        .addFiles(
            File.newBuilder()
                .setPath("a")
                .setMode(0644)
                .setContent(ByteString.copyFromUtf8("content " + random.nextInt(6))));
  }

  private Parsed.Understood order(SplittableRandom random) {
    TestPod pod =
        pod("pod-" + random.nextInt(40))
            .attempt(random.nextInt(1, 30))
            .zone(random.nextBoolean() ? "z1" : "z2")
            .zone(random.nextBoolean() ? "z1" : "z2")
            .restart(new String[] {"Always", "OnFailure", "Never"}[random.nextInt(3)])
            .sim("run-seconds", Integer.toString(random.nextInt(100)))
            .sim("exit-code", Integer.toString(random.nextInt(2)))
            .sim("stop-seconds", Integer.toString(random.nextInt(6)));
    if (random.nextInt(3) == 0) {
      pod.init("sidecar", "{\"restartPolicy\":\"Always\"}").init("once", "{}");
    }
    if (random.nextInt(4) == 0) {
      pod.image(random.nextBoolean() ? "does-not-exist" : "app:" + random.nextInt(9));
    }
    if (random.nextInt(3) == 0) {
      pod.types("2-4Gi", "4-8Gi");
    }
    if (random.nextInt(3) == 0) {
      pod.purchase(
          Purchase.newBuilder()
              .setKind(Purchase.Kind.SPOT_AS_PRICE_GO)
              .setSpotProtection(com.google.protobuf.Duration.newBuilder().setSeconds(60)));
    }
    if (random.nextInt(4) == 0) {
      pod.container(
          "parts",
          "{\"volumeMounts\":[{\"name\":\"config\",\"mountPath\":\"/a\",\"subPath\":\"a\"}]}");
    }
    InstanceSpec.Builder spec = pod.spec().toBuilder();
    if (random.nextInt(3) > 0) {
      spec.addFiles(files(random));
    }
    return (Parsed.Understood) parser.parse(spec.build());
  }

  private static String cluster(SplittableRandom random) {
    return random.nextInt(3) == 0 ? "cluster-b" : "cluster-a";
  }

  private static List<Instance> all(SimCloud cloud) {
    List<Instance> all = new ArrayList<>(cloud.list("cluster-a", 0, 10_000).instances());
    all.addAll(cloud.list("cluster-b", 0, 10_000).instances());
    return all;
  }

  private static void checkLive(SimCloud cloud) {
    Set<String> keys = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    long live = 0;
    long price = 0;
    for (Instance instance : all(cloud)) {
      assertThat(keys.add(instance.getClusterId() + instance.getUid()))
          .as("one instance per key")
          .isTrue();
      if (instance.hasEndTime()) {
        continue;
      }
      live++;
      for (String address : instance.getAddressesList()) {
        assertThat(addresses.add(address)).as("address %s is one's alone", address).isTrue();
        price += instance.getPrice().getNanosPerSecond();
      }
    }
    Usage usage = cloud.usage("");
    assertThat(usage.live()).isEqualTo(live);
    assertThat(usage.nanosPerSecond()).isEqualTo(price);
  }

  private void checkStock(SimCloud cloud) {
    Map<String, Long> taken = new HashMap<>();
    for (Instance instance : all(cloud)) {
      if (!instance.hasEndTime()) {
        taken.merge(instance.getVswitch(), 1L, Long::sum);
      }
    }
    cloud
        .catalog()
        .zones()
        .forEach(
            zone ->
                zone.getVswitchesList()
                    .forEach(
                        vswitch -> {
                          long size =
                              1L << (32 - Integer.parseInt(vswitch.getCidr().split("/")[1]));
                          assertThat(vswitch.getFreeAddresses())
                              .as("free and taken of %s", vswitch.getId())
                              .isEqualTo(size - 4 - taken.getOrDefault(vswitch.getId(), 0L));
                        }));
  }

  /** What a caller could see over time. */
  private static final class Watcher {
    final Map<String, Integer> phases = new HashMap<>();
    final Set<String> gone = new HashSet<>();
    long revision;
    long spent;
    long seconds;
    int seen;

    void see(SimCloud cloud) {
      for (InstanceChange change : cloud.drainChanges()) {
        Instance instance = change.instance();
        String id = instance.getInstanceId();
        assertThat(instance.getRevision()).as("revisions grow").isGreaterThan(revision);
        revision = instance.getRevision();
        assertThat(gone).as("nothing after its DELETED").doesNotContain(id);
        int phase = instance.getPhaseValue();
        assertThat(phase).as("phase of %s", id).isGreaterThanOrEqualTo(phases.getOrDefault(id, 0));
        if (phases.put(id, phase) == null) {
          seen++;
        }
        if (change.deleted()) {
          gone.add(id);
          assertThat(instance.hasEndTime()).isTrue();
          assertThat(instance.getPhase())
              .isIn(InstancePhase.INSTANCE_PHASE_SUCCEEDED, InstancePhase.INSTANCE_PHASE_FAILED);
        }
      }
      Usage usage = cloud.usage("");
      assertThat(usage.spentNanos()).isGreaterThanOrEqualTo(spent);
      assertThat(usage.instanceSeconds()).isGreaterThanOrEqualTo(seconds);
      spent = usage.spentNanos();
      seconds = usage.instanceSeconds();
    }
  }
}
