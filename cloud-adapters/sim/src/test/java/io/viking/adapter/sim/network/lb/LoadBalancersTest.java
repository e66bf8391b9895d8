package io.viking.adapter.sim.network.lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.BucketState;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.LoadBalancerState;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What takes time, and what is bounded; what holds for any cloud is in the contract's tests. */
class LoadBalancersTest {
  private static final String CLUSTER = "cluster-a";
  private static final long NOW = 1_000_000;
  private static final String TIMES =
      """
      base: eci
      network:
        loadBalancers:
          provisioningSeconds: {min: 4, max: 4}
          configuringSeconds: {min: 1, max: 1}
          registeringSeconds: {min: 0.5, max: 0.5}
      """;

  @Test
  void newOne_isConfiguring_untilItsTime() {
    LoadBalancers cloud = cloud(TIMES);

    LoadBalancer made = done(cloud.ensure(CLUSTER, spec("a", 80), NOW));

    assertThat(made.getState()).isEqualTo(LoadBalancerState.LOAD_BALANCER_STATE_CONFIGURING);
    assertThat(made.getAddresses(0)).as("known at once").startsWith("127.1");
    assertThat(state(cloud, "a", NOW + 3_999))
        .isEqualTo(LoadBalancerState.LOAD_BALANCER_STATE_CONFIGURING);
    assertThat(state(cloud, "a", NOW + 4_000))
        .isEqualTo(LoadBalancerState.LOAD_BALANCER_STATE_ACTIVE);
  }

  @Test
  void whileConfiguring_changesAndDeletesWait_andSoIsSaidHowLong() {
    LoadBalancers cloud = cloud(TIMES);
    done(cloud.ensure(CLUSTER, spec("a", 80), NOW));

    CloudFailure change = refused(cloud.ensure(CLUSTER, spec("a", 81), NOW + 1_000));
    CloudFailure delete = refused(cloud.delete(CLUSTER, key("a"), NOW + 1_000));

    assertThat(List.of(change, delete))
        .allSatisfy(
            failure -> {
              assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_BUSY);
              assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(3));
            });
    assertThat(done(cloud.ensure(CLUSTER, spec("a", 80), NOW + 1_000)).getListenersCount())
        .as("the same again")
        .isEqualTo(1);
    assertThat(done(cloud.ensure(CLUSTER, spec("a", 81), NOW + 4_000)).getState())
        .isEqualTo(LoadBalancerState.LOAD_BALANCER_STATE_CONFIGURING);
    assertThat(state(cloud, "a", NOW + 5_000))
        .isEqualTo(LoadBalancerState.LOAD_BALANCER_STATE_ACTIVE);
  }

  @Test
  void group_takesOneChangeAtATime_andSaysSoItemByItem() {
    LoadBalancers cloud = cloud(TIMES);
    done(cloud.ensure(CLUSTER, spec("a", 80), NOW));
    assertThat(change(cloud, NOW, add("web", 1), add("web", 2))).containsOnly(Optional.empty());

    List<Optional<CloudFailure>> soon =
        change(cloud, NOW + 100, add("web", 3), add("other", 3), add("web", 1));

    assertThat(soon.get(0).orElseThrow().reason()).isEqualTo(ErrorReason.ERROR_REASON_BUSY);
    assertThat(soon.get(0).orElseThrow().retryAfter()).hasValue(Duration.ofMillis(400));
    assertThat(soon.get(1)).as("another group").isEmpty();
    assertThat(soon.get(2)).as("there already").isEmpty();
    assertThat(change(cloud, NOW + 500, add("web", 3))).containsOnly(Optional.empty());
  }

  @Test
  void quotas_nameThemselvesAndTheirLimit() {
    LoadBalancers cloud =
        cloud("base: eci\nnetwork: {loadBalancers: {layer4: 2, backendsEach: 3}}");
    done(cloud.ensure(CLUSTER, spec("a", 80), NOW));
    done(cloud.ensure("cluster-b", spec("a", 80), NOW));

    CloudFailure third = refused(cloud.ensure(CLUSTER, spec("b", 80), NOW));
    assertThat(third.reason()).isEqualTo(ErrorReason.ERROR_REASON_QUOTA_EXCEEDED);
    assertThat(third.metadata())
        .containsEntry("quota", "load balancers of layer 4")
        .containsEntry("limit", "2");

    List<Optional<CloudFailure>> added =
        change(cloud, NOW, add("x", 1), add("x", 2), add("y", 1), add("y", 2), add("x", 1));
    assertThat(added.stream().map(Optional::isEmpty))
        .as("three of the load balancer, in whatever groups")
        .containsExactly(true, true, true, false, true);
    assertThat(added.get(3).orElseThrow().metadata())
        .containsEntry("quota", "backends of a load balancer");
  }

  @Test
  void layer7_boundsItsGroups_andListenersTheirRules() {
    LoadBalancers cloud =
        cloud("base: eci\nnetwork: {loadBalancers: {backendsPerGroup: 2, rulesPerListener: 1}}");
    LoadBalancerSpec two = layer7("a", 2);

    assertThat(refused(cloud.ensure(CLUSTER, two, NOW)).metadata())
        .containsEntry("quota", "rules of listener 80/TCP");

    done(cloud.ensure(CLUSTER, layer7("a", 1), NOW));
    assertThat(
            change(cloud, NOW, add("x", 1), add("x", 2), add("x", 3), add("y", 1)).stream()
                .map(Optional::isEmpty))
        .containsExactly(true, true, false, true);
  }

  @Test
  void listeners_areBounded_withForeignOnesCounted() {
    LoadBalancers cloud = cloud("base: instant\nnetwork: {loadBalancers: {listenersEach: 2}}");

    assertThat(refused(cloud.ensure(CLUSTER, spec("a", 80, 81, 82), NOW)).metadata())
        .containsEntry("quota", "listeners of a load balancer");
  }

  @Test
  void writes_areThrottled_butNotWhatChangesNothing() {
    LoadBalancers cloud =
        cloud("base: instant\nnetwork: {loadBalancers: {writes: {burst: 2, perMinute: 60}}}");
    done(cloud.ensure(CLUSTER, spec("a", 80), NOW));
    assertThat(change(cloud, NOW, add("web", 1))).containsOnly(Optional.empty());

    assertThat(change(cloud, NOW, add("web", 1)))
        .as("there already")
        .containsOnly(Optional.empty());
    done(cloud.ensure(CLUSTER, spec("a", 80), NOW));
    CloudFailure third = refused(cloud.ensure(CLUSTER, spec("a", 81), NOW));

    assertThat(third.reason()).isEqualTo(ErrorReason.ERROR_REASON_THROTTLED);
    assertThat(third.retryAfter()).hasValue(Duration.ofSeconds(1));
    done(cloud.ensure(CLUSTER, spec("a", 81), NOW + 1_000));
  }

  @Test
  void whatIsFixed_isRefused_withItsField() {
    LoadBalancers cloud = cloud("base: instant");
    done(cloud.ensure(CLUSTER, spec("a", 80), NOW));

    assertThat(field(cloud, spec("a", 80).toBuilder().setIntranet(true))).isEqualTo("intranet");
    assertThat(field(cloud, spec("a", 80).toBuilder().setIpVersion("ipv6")))
        .isEqualTo("ip_version");
    assertThat(field(cloud, spec("a", 80).toBuilder().setLayer(Layer.LAYER_7))).isEqualTo("layer");
    done(cloud.ensure(CLUSTER, spec("a", 80).toBuilder().setIpVersion("ipv4").build(), NOW));
  }

  @Test
  void stoppedByTheCloud_isInactive_andHasNoDoors() {
    LoadBalancers cloud = cloud("base: instant");
    String id = done(cloud.ensure(CLUSTER, spec("a", 80), NOW)).getCloudId();
    assertThat(cloud.traffic().doors(NOW).open()).hasSize(1);

    assertThat(cloud.byHand().stop(id, true)).isTrue();

    assertThat(state(cloud, "a", NOW)).isEqualTo(LoadBalancerState.LOAD_BALANCER_STATE_INACTIVE);
    assertThat(cloud.traffic().doors(NOW).open()).isEmpty();
  }

  @Test
  void loopbacks_differ_andTellIntranetFromInternet() {
    LoadBalancers cloud = cloud("base: instant");

    List<String> addresses =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    done(cloud.ensure(
                            CLUSTER,
                            spec("k" + i, 80).toBuilder().setIntranet(i % 2 == 0).build(),
                            NOW))
                        .getAddresses(0))
            .toList();

    assertThat(addresses)
        .doesNotHaveDuplicates()
        .allMatch(address -> address.matches("127\\.\\d+\\.\\d+\\.([1-9]|\\d{2,3})"));
    assertThat(addresses.getFirst()).as("intranet").matches("127\\.[2-9]\\d\\..*");
    assertThat(addresses.get(1)).as("internet").matches("127\\.1\\d\\d\\..*");
  }

  private static LoadBalancers cloud(String yaml) {
    SimProfile profile = Profiles.parse("test", yaml);
    AtomicInteger serial = new AtomicInteger();
    return new LoadBalancers(
        profile.network().loadBalancers(),
        profile.region(),
        new SplittableRandom(1),
        prefix -> prefix + serial.incrementAndGet(),
        BucketState.newBuilder().setMicroTokens(Long.MAX_VALUE).setFilled(NOW).build());
  }

  private static LoadBalancerRef key(String key) {
    return LoadBalancerRef.newBuilder().setKey(key).build();
  }

  private static LoadBalancerSpec spec(String key, int... ports) {
    LoadBalancerSpec.Builder spec =
        LoadBalancerSpec.newBuilder().setRef(key(key)).setLayer(Layer.LAYER_4);
    for (int port : ports) {
      spec.addListeners(
          Listener.newBuilder()
              .setPort(port)
              .setProtocol(Protocol.PROTOCOL_TCP)
              .setDefaultServerGroup("web"));
    }
    return spec.build();
  }

  private static LoadBalancerSpec layer7(String key, int rules) {
    Listener.Builder listener =
        Listener.newBuilder().setPort(80).setProtocol(Protocol.PROTOCOL_HTTP);
    for (int i = 0; i < rules; i++) {
      listener.addRules(
          Rule.newBuilder()
              .setName("r" + i)
              .addPaths(PathMatch.newBuilder().setKind(PathMatch.Kind.PREFIX).setPath("/" + i))
              .addForward(WeightedServerGroup.newBuilder().setServerGroup("x").setWeight(1)));
    }
    return LoadBalancerSpec.newBuilder()
        .setRef(key(key))
        .setLayer(Layer.LAYER_7)
        .addListeners(listener)
        .build();
  }

  private static BackendChange add(String group, int host) {
    return BackendChange.newBuilder()
        .setServerGroup(group)
        .setBackend(Backend.newBuilder().setAddress("10.0.0." + host).setPort(8080).setWeight(100))
        .build();
  }

  private static List<Optional<CloudFailure>> change(
      LoadBalancers cloud, long now, BackendChange... changes) {
    return switch (cloud.change(CLUSTER, key("a"), List.of(changes), now)) {
      case Outcome.Done<List<Optional<CloudFailure>>>(List<Optional<CloudFailure>> outcomes) ->
          outcomes;
      case Outcome.Refused<List<Optional<CloudFailure>>>(CloudFailure failure) ->
          throw new AssertionError(failure);
    };
  }

  private static String field(LoadBalancers cloud, LoadBalancerSpec.Builder spec) {
    CloudFailure failure = refused(cloud.ensure(CLUSTER, spec.build(), NOW));
    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    return failure.metadata().get("field");
  }

  private static LoadBalancerState state(LoadBalancers cloud, String key, long now) {
    return cloud.get(CLUSTER, key(key), now).orElseThrow().getState();
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(CloudFailure failure) -> throw new AssertionError(failure);
    };
  }

  private static <T> CloudFailure refused(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<T>) outcome).failure();
  }
}
