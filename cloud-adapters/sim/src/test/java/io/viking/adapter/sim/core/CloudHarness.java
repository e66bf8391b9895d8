package io.viking.adapter.sim.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.TestPod;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.DeleteOrder;
import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cloud and a clock for tests, in one hand. */
final class CloudHarness {
  static final String CLUSTER = "cluster-a";
  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  final SimCloud cloud;
  final OrderParser parser;
  final List<InstanceChange> changes = new ArrayList<>();
  Instant now = START;

  private CloudHarness(SimProfile profile) {
    cloud = new SimCloud(profile, 7, START);
    parser = new OrderParser(profile);
  }

  static CloudHarness instant() {
    return new CloudHarness(Profiles.instant());
  }

  static CloudHarness eci() {
    return new CloudHarness(Profiles.eci());
  }

  /** The instant profile, with these lines over it. */
  static CloudHarness with(String yaml) {
    return new CloudHarness(Profiles.parse("test", yaml));
  }

  Order order(TestPod pod) {
    return understood(pod).order();
  }

  private Parsed.Understood understood(TestPod pod) {
    return switch (parser.parse(pod.spec())) {
      case Parsed.Understood understood -> understood;
      case Parsed.Rejected rejected -> throw new AssertionError(rejected.failure().toString());
    };
  }

  CreateOutcome tryCreate(TestPod pod) {
    Parsed.Understood order = understood(pod);
    CreateOutcome outcome =
        cloud.create(CLUSTER, List.of(order.order()), order.contents(), now).getFirst();
    pass(Duration.ZERO);
    return outcome;
  }

  Instance create(TestPod pod) {
    CreateOutcome outcome = tryCreate(pod);
    assertThat(outcome).isInstanceOf(CreateOutcome.Accepted.class);
    return ((CreateOutcome.Accepted) outcome).instance();
  }

  CloudFailure refused(TestPod pod) {
    CreateOutcome outcome = tryCreate(pod);
    assertThat(outcome).isInstanceOf(CreateOutcome.Refused.class);
    return ((CreateOutcome.Refused) outcome).failure();
  }

  DeleteOutcome delete(String uid, int attempt, Duration grace) {
    DeleteOutcome outcome =
        cloud
            .delete(
                CLUSTER,
                List.of(
                    DeleteOrder.newBuilder()
                        .setUid(uid)
                        .setAttempt(attempt)
                        .setGraceMillis(grace.toMillis())
                        .build()),
                now)
            .getFirst();
    pass(Duration.ZERO);
    return outcome;
  }

  boolean operate(Operate.Builder act) {
    boolean done = cloud.operate(act.setNow(now.toEpochMilli()).build());
    pass(Duration.ZERO);
    return done;
  }

  void pass(Duration time) {
    now = now.plus(time);
    cloud.advance(now);
    changes.addAll(cloud.drainChanges());
  }

  Optional<Instance> find(String uid) {
    return cloud.find(CLUSTER, uid);
  }

  Instance get(String uid) {
    return find(uid).orElseThrow(() -> new AssertionError("no instance of " + uid));
  }

  ContainerStatus main(String uid) {
    return container(uid, "main");
  }

  ContainerStatus container(String uid, String name) {
    Instance instance = get(uid);
    return java.util.stream.Stream.concat(
            instance.getInitContainersList().stream(), instance.getContainersList().stream())
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The last state that a deleted instance was told with. */
  Instance deleted(String uid) {
    return changes.stream()
        .filter(change -> change.deleted() && change.instance().getUid().equals(uid))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError(uid + " was not deleted"))
        .instance();
  }
}
