package io.viking.syncer.pods.creation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.cloud.v1.InstancePhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of the cloud's own ContainerInstanceCreated reaches the pod. */
class CreationConditionTest {
  private static final InstanceCondition OTHER =
      InstanceCondition.newBuilder().setType("Network").setStatus(true).build();
  private static final InstanceCondition CREATED =
      InstanceCondition.newBuilder().setType(CreationCondition.TYPE).setStatus(true).build();

  @ParameterizedTest
  @EnumSource(
      value = InstancePhase.class,
      names = {"INSTANCE_PHASE_RUNNING", "INSTANCE_PHASE_SUCCEEDED", "INSTANCE_PHASE_FAILED"})
  void told_instanceThatRuns_saysSoByItsPhaseAlone(InstancePhase phase) {
    Instance told = CreationCondition.told(pod(), instance(phase, CREATED));

    assertThat(told.getConditionsList()).containsExactly(OTHER);
  }

  @Test
  void told_instanceThatIsBeingStarted_saysThatItIsThere() {
    Instance pending = instance(InstancePhase.INSTANCE_PHASE_PENDING, CREATED);

    assertThat(CreationCondition.told(pod(), pending)).isSameAs(pending);
  }

  @Test
  void told_podThatSaysAnythingByIt_isKeptRight() {
    V1Pod noticed = pod();
    noticed
        .getStatus()
        .addConditionsItem(
            new V1PodCondition()
                .type(CreationCondition.TYPE)
                .status("True")
                .reason("SpotToBeReleased"));
    Instance running = instance(InstancePhase.INSTANCE_PHASE_RUNNING, CREATED);

    assertThat(CreationCondition.told(noticed, running)).isSameAs(running);
  }

  @Test
  void told_conditionWithAReason_isPassedOn() {
    Instance running =
        instance(
            InstancePhase.INSTANCE_PHASE_RUNNING,
            CREATED.toBuilder().setReason("FromReservation").build());

    assertThat(CreationCondition.told(pod(), running)).isSameAs(running);
  }

  @Test
  void told_podThatOthersWaitFor_alwaysSaysIt() {
    V1Pod strict = pod();
    strict
        .getSpec()
        .addTopologySpreadConstraintsItem(
            new V1TopologySpreadConstraint()
                .topologyKey("topology.kubernetes.io/zone")
                .whenUnsatisfiable("DoNotSchedule")
                .maxSkew(1));
    Instance running = instance(InstancePhase.INSTANCE_PHASE_RUNNING, CREATED);

    assertThat(CreationCondition.told(strict, running)).isSameAs(running);
  }

  private static V1Pod pod() {
    return new V1Pod()
        .metadata(new V1ObjectMeta().namespace("ns").name("web").uid("uid-1"))
        .spec(new V1PodSpec())
        .status(new V1PodStatus().phase("Pending"));
  }

  private static Instance instance(InstancePhase phase, InstanceCondition created) {
    return Instance.newBuilder()
        .setUid("uid-1")
        .setPhase(phase)
        .addConditions(OTHER)
        .addConditions(created)
        .build();
  }
}
