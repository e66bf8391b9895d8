package io.viking.scheduler.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSchedulingGate;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodReaderTest {
  private static final OffsetDateTime CREATED =
      OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final PodReader reader = new PodReader(Set.of("default-scheduler", "viking"));

  @Test
  void read_ourPodWithoutNode_waits() {
    var pod = pod();
    pod.getSpec().setPriority(7);
    PendingPod pending = waiting(pod);
    assertThat(pending.ref()).isEqualTo(new PodRef("shop", "web-1", "uid-1"));
    assertThat(pending.created()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(pending.generation()).isEqualTo(3);
    assertThat(pending.gated()).isFalse();
    assertThat(pending.told()).isEqualTo(PendingPod.Told.NOTHING);
    assertThat(pending.shape().priority()).isEqualTo(7);
    assertThat(pending.shape().crowd().workload())
        .isEqualTo(new Workload("shop", "rs-uid", Map.of()));
  }

  @Test
  void read_twoPodsOfOneOwner_haveOneShapeObject() {
    var other = pod();
    other.getMetadata().setUid("uid-2");
    assertThat(waiting(other).shape()).isSameAs(waiting(pod()).shape());
  }

  @Test
  void read_barePods_areOneWorkloadByLabels() {
    var bare = pod();
    bare.getMetadata().setOwnerReferences(null);
    assertThat(waiting(bare).shape().crowd().workload())
        .isEqualTo(new Workload("shop", "", Map.of("app", "web")));
  }

  @Test
  void notOurs_saysWhose_endedAndLeavingToo() {
    assertThat(reader.notOurs(pod())).isEmpty();
    assertThat(reader.notOurs(pod().spec(new V1PodSpec().schedulerName("volcano"))))
        .contains(
            "is not ours: its spec.schedulerName is \"volcano\", and this scheduler takes"
                + " default-scheduler, viking");
    assertThat(
            new PodReader(Set.of("viking"))
                .notOurs(pod().spec(new V1PodSpec().schedulerName("default-scheduler"))))
        .contains(
            "is not ours: its spec.schedulerName is \"default-scheduler\", and this scheduler takes"
                + " viking; pods choose it by the label alibabacloud.com/eci=true or a toleration of"
                + " virtual-kubelet.io/provider when they are created");
    assertThat(reader.notOurs(pod().status(new V1PodStatus().phase("Succeeded"))))
        .contains("has ended (Succeeded) and takes no room");
    var leaving = pod();
    leaving.getMetadata().setDeletionTimestamp(CREATED);
    assertThat(reader.notOurs(leaving)).contains("is being deleted and never had a zone");
    leaving.getSpec().setNodeName("h");
    assertThat(reader.notOurs(leaving)).isEmpty();
  }

  @Test
  void shape_boundPod_isThatOfItsDecision() {
    var bound = pod();
    PodShape before = waiting(pod()).shape();
    bound.getSpec().setNodeName("h");
    assertThat(reader.shape(bound)).contains(before);
  }

  @Test
  void read_otherScheduler_isIrrelevant() {
    assertThat(reader.read(pod().spec(new V1PodSpec().schedulerName("volcano"))))
        .isEqualTo(new PodSight.Irrelevant("uid-1"));
  }

  @Test
  void read_ended_isIrrelevantThoughItHasANode() {
    var pod = pod().status(new V1PodStatus().phase("Succeeded"));
    pod.getSpec().setNodeName("h");
    assertThat(reader.read(pod)).isEqualTo(new PodSight.Irrelevant("uid-1"));
  }

  @Test
  void read_deletedBeforeAnyNode_isIrrelevant() {
    var pod = pod();
    pod.getMetadata().setDeletionTimestamp(CREATED);
    assertThat(reader.read(pod)).isEqualTo(new PodSight.Irrelevant("uid-1"));
  }

  @Test
  void read_gates_areSeen() {
    var pod = pod();
    pod.getSpec().addSchedulingGatesItem(new V1PodSchedulingGate().name("quota"));
    assertThat(waiting(pod).gated()).isTrue();
  }

  @Test
  void read_bound_countsWhereItsLabelSays() {
    var pod = pod();
    pod.getSpec().setNodeName("h");
    assertThat(placed(pod).zone()).isEqualTo("h");
    pod.getMetadata().putLabelsItem("topology.kubernetes.io/zone", "i");
    assertThat(placed(pod).zone()).isEqualTo("i");
  }

  @Test
  void read_boundOfAnyScheduler_counts() {
    assertThat(placed(pod().spec(new V1PodSpec().schedulerName("volcano").nodeName("h"))).zone())
        .isEqualTo("h");
  }

  @Test
  void read_boundAndTerminating_isSaidInItsCrowd() {
    var pod = pod();
    pod.getSpec().setNodeName("h");
    pod.getMetadata().setDeletionTimestamp(CREATED);
    assertThat(placed(pod).crowd().terminating()).isTrue();
  }

  @Test
  void read_started_byPhaseAddressOrCreationCondition() {
    var pod = pod();
    pod.getSpec().setNodeName("h");
    assertThat(placed(pod).started()).isFalse();
    assertThat(placed(pod.status(new V1PodStatus().phase("Running"))).started()).isTrue();
    assertThat(placed(pod.status(new V1PodStatus().podIP("10.0.0.1"))).started()).isTrue();
    assertThat(
            placed(pod.status(condition("ContainerInstanceCreated", "True", "Created", "")))
                .started())
        .isTrue();
    assertThat(
            placed(pod.status(condition("ContainerInstanceCreated", "False", "NoStock", "")))
                .started())
        .isFalse();
  }

  @Test
  void read_boundWithoutAnInstance_saysWhatItAsksOfTheCloud() {
    var pod = pod().status(condition("ContainerInstanceCreated", "False", "NoStock", "none"));
    pod.getSpec().setNodeName("h");
    pod.getMetadata()
        .putAnnotationsItem("viking.io/zones", "h,i")
        .putAnnotationsItem("k8s.aliyun.com/eci-use-specs", "2-4Gi");
    Order order = placed(pod).order().get();
    assertThat(order.node()).isEqualTo("h");
    assertThat(order.zones()).containsExactly("h", "i");
    assertThat(order.types()).isEmpty();
    assertThat(order.wishes().types()).containsExactly("2-4Gi");
    assertThat(placed(pod).refusal()).isEqualTo(Refusal.NO_STOCK);
    pod.getMetadata().putAnnotationsItem("viking.io/instance-types", "ecs.c7.large,ecs.g7.large");
    assertThat(placed(pod).order().get().types()).containsExactly("ecs.c7.large", "ecs.g7.large");
  }

  @Test
  void read_refusal_isByReasonAlone() {
    assertThat(refusal("False", "ResourceInsufficient")).isEqualTo(Refusal.NO_ADDRESS);
    assertThat(refusal("False", "SpotPriceTooLow")).isEqualTo(Refusal.BID_TOO_LOW);
    assertThat(refusal("False", "QuotaFull")).isEqualTo(Refusal.OTHER);
    assertThat(refusal("Unknown", "NoStock")).isEqualTo(Refusal.NONE);
  }

  private Refusal refusal(String status, String reason) {
    var pod = pod().status(condition("ContainerInstanceCreated", status, reason, "NoStock"));
    pod.getSpec().setNodeName("h");
    return placed(pod).refusal();
  }

  @Test
  void read_told_isTheUnschedulableMessageAlone() {
    assertThat(
            waiting(pod().status(condition("PodScheduled", "False", "Unschedulable", "full")))
                .told())
        .isEqualTo(new PendingPod.Told(true, Optional.of("full")));
    assertThat(
            waiting(pod().status(condition("PodScheduled", "False", "SchedulingGated", "gate")))
                .told())
        .isEqualTo(new PendingPod.Told(true, Optional.empty()));
    assertThat(waiting(pod().status(condition("Ready", "False", "X", "y"))).told())
        .isEqualTo(PendingPod.Told.NOTHING);
  }

  @Test
  void read_daemonSetPod_isADaemon() {
    var pod = pod();
    pod.getMetadata().getOwnerReferences().getFirst().setKind("DaemonSet");
    assertThat(waiting(pod).shape().daemon()).isTrue();
  }

  private PendingPod waiting(V1Pod pod) {
    return ((PodSight.Waiting) reader.read(pod)).pod();
  }

  @Test
  void read_placedPodOfAnOlderSyncer_isAnOccupantOfItsType() {
    V1Pod pod = pod();
    pod.getSpec().nodeName("h");
    pod.getMetadata().putAnnotationsItem("viking.io/instance-type", "2-4Gi");
    assertThat(placed(pod).ours().orElseThrow().type()).isEqualTo("2-4Gi");
  }

  @Test
  void read_placedPodOfOurs_isAnOccupantOfTheQuotas() {
    V1Pod pod = pod();
    pod.getSpec().nodeName("h").priority(7);
    pod.getMetadata().putAnnotationsItem("k8s.aliyun.com/eci-instance-spec", "2-4Gi");
    assertThat(placed(pod).ours())
        .hasValueSatisfying(
            occupant -> {
              assertThat(occupant.ref().uid()).isEqualTo("uid-1");
              assertThat(occupant.priority()).isEqualTo(7);
              assertThat(occupant.type()).isEqualTo("2-4Gi");
            });
    pod.getSpec().schedulerName("another");
    assertThat(placed(pod).ours()).isEmpty();
  }

  private PlacedPod placed(V1Pod pod) {
    return ((PodSight.Placed) reader.read(pod)).pod();
  }

  private static V1PodStatus condition(String type, String status, String reason, String message) {
    return new V1PodStatus()
        .addConditionsItem(
            new V1PodCondition().type(type).status(status).reason(reason).message(message));
  }

  private static V1Pod pod() {
    return new V1Pod()
        .metadata(
            new V1ObjectMeta()
                .namespace("shop")
                .name("web-1")
                .uid("uid-1")
                .generation(3L)
                .creationTimestamp(CREATED)
                .putLabelsItem("app", "web")
                .addOwnerReferencesItem(
                    new V1OwnerReference().kind("ReplicaSet").uid("rs-uid").controller(true)))
        .spec(new V1PodSpec().schedulerName("default-scheduler"));
  }
}
