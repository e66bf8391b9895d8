package io.viking.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusBooksTest {
  private static final V1ContainerState RUNNING =
      new V1ContainerState().running(new V1ContainerStateRunning());

  @Test
  void sameOnBothSides_isNoDifference() {
    assertThat(differences(pod("Running", "10.0.0.1", RUNNING), running("10.0.0.1"))).isEmpty();
    assertThat(differences(pod("Succeeded", "10.0.0.1", ended(0)), ended())).isEmpty();
  }

  @Test
  void phaseThatWasNotTold_isADifference() {
    assertThat(differences(pod("Running", "10.0.0.1", RUNNING), ended()))
        .containsExactly(
            "u: pod ns/p: phase is Running, and Succeeded in the cloud",
            "u: pod ns/p: container main is running, restarts 0, and ended with 0, restarts 0 in the cloud");
  }

  @Test
  void otherAddress_isADifference() {
    assertThat(differences(pod("Running", "10.0.0.1", RUNNING), running("10.0.0.2")))
        .containsExactly("u: pod ns/p: address is 10.0.0.1, and 10.0.0.2 in the cloud");
  }

  @Test
  void otherExitCode_isADifference() {
    assertThat(differences(pod("Succeeded", "10.0.0.1", ended(3)), ended()))
        .containsExactly(
            "u: pod ns/p: container main is ended with 3, restarts 0, and ended with 0, restarts 0 in the cloud");
  }

  @Test
  void latestAttempt_counts_andPodsOnTheirWayOutDoNot() {
    V1Pod pod = pod("Running", "10.0.0.1", RUNNING);
    Instance before = ended().toBuilder().setAttempt(0).setInstanceId("i-0").build();
    assertThat(new StatusBooks(List.of(pod), List.of(running("10.0.0.1"), before)).differences())
        .isEmpty();

    pod.getMetadata().setDeletionTimestamp(OffsetDateTime.parse("2026-11-21T10:00:00Z"));
    assertThat(differences(pod, ended())).isEmpty();
  }

  private static List<String> differences(V1Pod pod, Instance instance) {
    return new StatusBooks(List.of(pod), List.of(instance)).differences();
  }

  private static V1Pod pod(String phase, String address, V1ContainerState state) {
    return new V1Pod()
        .metadata(
            new V1ObjectMeta()
                .uid("u")
                .namespace("ns")
                .name("p")
                .annotations(Map.of("k8s.aliyun.com/eci-instance-id", "i-1")))
        .status(
            new V1PodStatus()
                .phase(phase)
                .podIP(address)
                .conditions(
                    List.of(
                        new V1PodCondition()
                            .type("Ready")
                            .status(phase.equals("Running") ? "True" : "False")))
                .containerStatuses(
                    List.of(new V1ContainerStatus().name("main").restartCount(0).state(state))));
  }

  private static V1ContainerState ended(int code) {
    return new V1ContainerState().terminated(new V1ContainerStateTerminated().exitCode(code));
  }

  private static Instance running(String address) {
    return instance(InstancePhase.INSTANCE_PHASE_RUNNING)
        .addAddresses(address)
        .addContainers(
            ContainerStatus.newBuilder()
                .setName("main")
                .setReady(true)
                .setRunning(ContainerRunning.getDefaultInstance()))
        .build();
  }

  private static Instance ended() {
    return instance(InstancePhase.INSTANCE_PHASE_SUCCEEDED)
        .addContainers(
            ContainerStatus.newBuilder()
                .setName("main")
                .setTerminated(ContainerTerminated.getDefaultInstance()))
        .build();
  }

  private static Instance.Builder instance(InstancePhase phase) {
    return Instance.newBuilder().setUid("u").setInstanceId("i-1").setAttempt(1).setPhase(phase);
  }
}
