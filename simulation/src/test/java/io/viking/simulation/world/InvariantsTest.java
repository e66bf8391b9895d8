package io.viking.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a second instance of a pod that is over convicts. */
class InvariantsTest {
  private static final String UID = "uid-1";
  private static final String ZONE = "cn-hangzhou-h";

  private final Invariants invariants = new Invariants();

  @BeforeEach
  void podWithAnInstance() {
    invariants.written(Optional.empty(), pod("Pending"));
    invariants.made(order(), instance(1).build());
  }

  @Test
  void instance_ofAFailedPod_mayNotBeMade() {
    ends();

    assertThatThrownBy(() -> invariants.made(order(), instance(2).build()))
        .isInstanceOf(BrokenInvariant.class)
        .hasMessageContaining("a pod that ran gets another instance");
  }

  @Test
  void lateCreateOfTheDead_forAPodOfWhichNoContainerStarted_isNobodysAndConvictsNobody() {
    ends();
    invariants.dead();

    invariants.made(order(), instance(2).build());

    assertThat(invariants.life(UID)).get().matches(life -> life.hauntedByTheDead);
  }

  @Test
  void lateCreateOfTheDead_forAPodThatHadStarted_isABreach() {
    invariants.changed(
        instance(1)
            .addContainers(
                ContainerStatus.newBuilder().setRunning(ContainerRunning.getDefaultInstance()))
            .build());
    ends();
    invariants.dead();

    assertThatThrownBy(() -> invariants.made(order(), instance(2).build()))
        .isInstanceOf(BrokenInvariant.class)
        .hasMessageContaining("a pod that ran gets another instance");
  }

  /** Its instance was deleted, it is being deleted itself, and fails. */
  private void ends() {
    Instance last = instance(1).setPhase(InstancePhase.INSTANCE_PHASE_FAILED).build();
    invariants.removed(last);
    invariants.written(Optional.of(pod("Pending")), pod("Failed"));
  }

  private static V1Pod pod(String phase) {
    return new V1Pod()
        .metadata(
            new V1ObjectMeta()
                .namespace("default")
                .name("pod-1")
                .uid(UID)
                .deletionTimestamp(OffsetDateTime.parse("2026-01-03T03:44:00Z"))
                .deletionGracePeriodSeconds(30L)
                .annotations(Map.of("viking.io/zones", ZONE)))
        .spec(new V1PodSpec().nodeName(ZONE))
        .status(new V1PodStatus().phase(phase));
  }

  private static Instance.Builder instance(int attempt) {
    return Instance.newBuilder()
        .setUid(UID)
        .setNamespace("default")
        .setName("pod-1")
        .setAttempt(attempt)
        .setInstanceId("eci-" + attempt)
        .setZone(ZONE)
        .setPhase(InstancePhase.INSTANCE_PHASE_PENDING);
  }

  private static Order order() {
    return Order.newBuilder().setUid(UID).setNamespace("default").setName("pod-1").build();
  }
}
