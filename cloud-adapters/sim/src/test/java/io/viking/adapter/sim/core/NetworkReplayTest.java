package io.viking.adapter.sim.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.ChangeBackends;
import io.viking.adapter.sim.state.ChangeRecords;
import io.viking.adapter.sim.state.NetworkCommand;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.SetListener;
import io.viking.adapter.sim.state.SetRecord;
import io.viking.adapter.sim.state.StopLoadBalancer;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.RecordType;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The network's state follows from its commands, whenever it is rebuilt. A seed that fails is a
 * test.
 */
class NetworkReplayTest {
  private static final int STEPS = 400;
  private static final String ZONE = "cluster.local";

  private final SimProfile profile =
      Profiles.parse(
          "random",
          """
          base: eci
          network:
            loadBalancers: {layer4: 3, backendsEach: 12, listenersEach: 3, writes: {burst: 10, perMinute: 600}}
            dns: {recordsPerZone: 12, writes: {burst: 10, perMinute: 600}}
          """);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void commandsReplayed_fromAnySnapshot_giveTheSameState(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SimCloud cloud = new SimCloud(profile, seed, CloudHarness.START);
    SimCloud shadow = new SimCloud(profile, seed, CloudHarness.START);
    Instant now = CloudHarness.START;
    for (int step = 0; step < STEPS; step++) {
      now = now.plusMillis(random.nextLong(2_000));
      Record command =
          Record.newBuilder()
              .setNetworkCommand(command(random, cloud).setNow(now.toEpochMilli()))
              .build();
      cloud.replay(command);
      shadow.replay(command);
      if (random.nextInt(10) == 0) {
        shadow = SimCloud.restore(profile, shadow.snapshot());
      }
      assertThat(shadow.snapshot()).as("seed %s, step %s", seed, step).isEqualTo(cloud.snapshot());
    }
    assertThat(cloud.network().zones().show()).as("the run made something").isNotEmpty();
  }

  private static NetworkCommand.Builder command(SplittableRandom random, SimCloud cloud) {
    NetworkCommand.Builder command =
        NetworkCommand.newBuilder().setCluster(random.nextInt(4) == 0 ? "other" : "ours");
    LoadBalancerRef ref = ref(random, cloud);
    return switch (random.nextInt(12)) {
      case 0, 1 -> command.setEnsureLoadBalancer(spec(random, ref));
      case 2, 3 -> command.setChangeBackends(backends(random, ref));
      case 4 -> command.setDeleteLoadBalancer(ref);
      case 5 -> command.setEnsureZone(ZONE);
      case 6, 7 -> command.setChangeRecords(records(random));
      case 8 -> random.nextInt(5) == 0 ? command.setDeleteZone(ZONE) : command.setEnsureZone(ZONE);
      case 9 -> command.setMakeLoadBalancer(LoadBalancerSpec.newBuilder().setLayer(Layer.LAYER_4));
      case 10 ->
          random.nextBoolean()
              ? command.setSetListener(
                  SetListener.newBuilder()
                      .setCloudId(id(random, cloud))
                      .setListener(listener(random))
                      .setRemove(random.nextBoolean()))
              : command.setRemoveLoadBalancer(id(random, cloud));
      default ->
          random.nextBoolean()
              ? command.setStopLoadBalancer(
                  StopLoadBalancer.newBuilder()
                      .setCloudId(id(random, cloud))
                      .setStopped(random.nextBoolean()))
              : command.setSetRecord(SetRecord.newBuilder().setZone(ZONE).setAfter(record(random)));
    };
  }

  private static LoadBalancerRef ref(SplittableRandom random, SimCloud cloud) {
    return random.nextInt(3) == 0
        ? LoadBalancerRef.newBuilder().setBroughtId(id(random, cloud)).build()
        : LoadBalancerRef.newBuilder().setKey("key-" + random.nextInt(3)).build();
  }

  private static String id(SplittableRandom random, SimCloud cloud) {
    List<String> ids =
        cloud.network().loadBalancers().byHand().show(0).stream()
            .map(shown -> shown.all().getCloudId())
            .toList();
    return ids.isEmpty() ? "lb-nowhere" : ids.get(random.nextInt(ids.size()));
  }

  private static LoadBalancerSpec spec(SplittableRandom random, LoadBalancerRef ref) {
    LoadBalancerSpec.Builder spec =
        LoadBalancerSpec.newBuilder()
            .setRef(ref)
            .setLayer(Layer.LAYER_4)
            .setOverrideListeners(random.nextBoolean());
    int first = 80 + random.nextInt(2);
    for (int i = 0; i < random.nextInt(4); i++) {
      spec.addListeners(listener(random).toBuilder().setPort(first + i));
    }
    return spec.build();
  }

  private static Listener listener(SplittableRandom random) {
    return Listener.newBuilder()
        .setPort(80 + random.nextInt(3))
        .setProtocol(Protocol.PROTOCOL_TCP)
        .setDefaultServerGroup("group-" + random.nextInt(3))
        .build();
  }

  private static ChangeBackends backends(SplittableRandom random, LoadBalancerRef ref) {
    ChangeBackends.Builder changes = ChangeBackends.newBuilder().setRef(ref);
    for (int i = 0; i < 5; i++) {
      changes.addChanges(
          BackendChange.newBuilder()
              .setServerGroup("group-" + random.nextInt(3))
              .setBackend(
                  Backend.newBuilder()
                      .setAddress("10.0.0." + random.nextInt(10))
                      .setPort(80)
                      .setWeight(random.nextInt(101)))
              .setRemove(random.nextInt(3) == 0));
    }
    return changes.build();
  }

  private static ChangeRecords records(SplittableRandom random) {
    ChangeRecords.Builder changes = ChangeRecords.newBuilder().setZone(ZONE);
    for (int i = 0; i < 5; i++) {
      changes.addChanges(
          RecordChange.newBuilder().setRecord(record(random)).setRemove(random.nextInt(3) == 0));
    }
    return changes.build();
  }

  private static io.viking.cloud.v1.Record record(SplittableRandom random) {
    boolean alias = random.nextInt(4) == 0;
    return io.viking.cloud.v1.Record.newBuilder()
        .setName("name-" + random.nextInt(3))
        .setType(alias ? RecordType.RECORD_TYPE_CNAME : RecordType.RECORD_TYPE_A)
        .setValue(alias ? "example.com." : "10.0.0." + random.nextInt(5))
        .setTtl(random.nextInt(100))
        .build();
  }
}
