package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.TestPod.pod;
import static io.viking.adapter.sim.core.CloudHarness.CLUSTER;
import static io.viking.cloud.v1.ErrorReason.ERROR_REASON_ADDRESSES_EXHAUSTED;
import static io.viking.cloud.v1.ErrorReason.ERROR_REASON_ATTEMPT_SPENT;
import static io.viking.cloud.v1.ErrorReason.ERROR_REASON_OUT_OF_STOCK;
import static io.viking.cloud.v1.ErrorReason.ERROR_REASON_QUOTA_EXCEEDED;
import static io.viking.cloud.v1.ErrorReason.ERROR_REASON_THROTTLED;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.SetStock;
import io.viking.adapter.sim.state.SetZone;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.Quota;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PurchaseTest {
  private static final String H = "cn-hangzhou-h";
  private static final String I = "cn-hangzhou-i";

  private final CloudHarness cloud = CloudHarness.instant();

  @Test
  void sameAttemptTwice_isOneInstance() {
    Instance first = cloud.create(pod("a"));

    CreateOutcome again = cloud.tryCreate(pod("a"));
    CreateOutcome higher = cloud.tryCreate(pod("a").attempt(2));

    assertThat(again).isInstanceOf(CreateOutcome.Existing.class);
    assertThat(((CreateOutcome.Existing) again).instance().getInstanceId())
        .isEqualTo(first.getInstanceId());
    assertThat(higher).isInstanceOf(CreateOutcome.Existing.class);
    assertThat(cloud.cloud.usage("").created()).isEqualTo(1);
  }

  @Test
  void attemptWhoseInstanceEnded_isSpent_andTheNextReplacesIt() {
    cloud.create(pod("a").restart("Never"));
    cloud.pass(ofSeconds(5));

    CloudFailure spent = cloud.refused(pod("a").restart("Never"));
    assertThat(spent.reason()).isEqualTo(ERROR_REASON_ATTEMPT_SPENT);
    assertThat(spent.metadata()).containsEntry("next_attempt", "2");

    cloud.changes.clear();
    cloud.create(pod("a").attempt(2));
    assertThat(cloud.changes).extracting(InstanceChange::deleted).containsExactly(true, false);
    assertThat(cloud.get("a").getAttempt()).isEqualTo(2);
    assertThat(cloud.cloud.list(CLUSTER, 0, 10).instances()).hasSize(1);
  }

  @Test
  void deleteOfAnUnknownPod_fencesItsAttempts_forAnHourAtLeast() {
    assertThat(cloud.delete("a", 3, Duration.ZERO)).isInstanceOf(DeleteOutcome.Absent.class);
    cloud.pass(Duration.ofMinutes(61));

    CloudFailure late = cloud.refused(pod("a").attempt(3));
    assertThat(late.reason()).isEqualTo(ERROR_REASON_ATTEMPT_SPENT);
    assertThat(late.metadata()).containsEntry("next_attempt", "4");
    cloud.create(pod("a").attempt(4));
  }

  @Test
  void deleteForEver_namesNoNextAttempt() {
    cloud.delete("a", Integer.MAX_VALUE, Duration.ZERO);

    assertThat(cloud.refused(pod("a").attempt(9)).metadata()).doesNotContainKey("next_attempt");
  }

  @Test
  void deleteOfALowerAttempt_leavesTheLiveInstanceAlone() {
    cloud.create(pod("a").attempt(2));

    assertThat(cloud.delete("a", 1, Duration.ZERO)).isInstanceOf(DeleteOutcome.Absent.class);

    assertThat(cloud.get("a").hasStopTime()).isFalse();
  }

  @Test
  void deletedPod_leavesAFence_evenAfterALongGrace() {
    cloud.create(pod("a").sim("stop-seconds", "20000"));
    cloud.delete("a", 1, Duration.ofHours(5));
    cloud.pass(Duration.ofHours(5));
    assertThat(cloud.find("a")).isEmpty();
    cloud.pass(Duration.ofMinutes(59));

    assertThat(cloud.refused(pod("a")).reason()).isEqualTo(ERROR_REASON_ATTEMPT_SPENT);
  }

  @Test
  void fences_areForgottenInTheEnd() {
    for (int i = 0; i < 100; i++) {
      cloud.delete("pod-" + i, 1, Duration.ZERO);
    }
    cloud.pass(Duration.ofHours(3));
    cloud.delete("last", 1, Duration.ZERO);

    assertThat(cloud.cloud.snapshot().stream().filter(r -> r.hasFence())).hasSize(1);
  }

  @Test
  void otherCluster_seesAndDeletesNothing() {
    cloud.create(pod("a"));

    cloud.cloud.delete(
        "cluster-b",
        List.of(
            io.viking.adapter.sim.state.DeleteOrder.newBuilder().setUid("a").setAttempt(9).build()),
        cloud.now);

    assertThat(cloud.get("a").hasStopTime()).isFalse();
    assertThat(cloud.cloud.find("cluster-b", "a")).isEmpty();
    assertThat(cloud.cloud.list("cluster-b", 0, 10).instances()).isEmpty();
  }

  @Test
  void candidates_areTakenInOrder_zonesBeforeTypes() {
    cloud.operate(Operate.newBuilder().setSetStock(stock(H, "2-4Gi", 0)));
    cloud.operate(Operate.newBuilder().setSetStock(stock(H, "4-8Gi", 1)));

    Instance first = cloud.create(pod("a").zone(H).zone(I).types("2-4Gi", "4-8Gi"));
    Instance second = cloud.create(pod("b").zone(H).zone(I).types("2-4Gi", "4-8Gi"));

    assertThat(first.getZone()).isEqualTo(H);
    assertThat(first.getInstanceType()).isEqualTo("4-8Gi");
    assertThat(second.getZone()).isEqualTo(I);
    assertThat(second.getInstanceType()).isEqualTo("2-4Gi");
  }

  @Test
  void emptyZones_areOutOfStock_untilAnInstanceEnds() {
    cloud.operate(Operate.newBuilder().setSetStock(stock(H, "", 1)));
    cloud.operate(
        Operate.newBuilder().setSetZone(SetZone.newBuilder().setZone(I).setAvailable(false)));
    cloud.create(pod("a").zone(H).zone(I));

    CloudFailure refused = cloud.refused(pod("b").zone(H).zone(I));
    assertThat(refused.reason()).isEqualTo(ERROR_REASON_OUT_OF_STOCK);
    assertThat(refused.metadata()).containsEntry("zones", H + "," + I);

    cloud.delete("a", 1, Duration.ZERO);
    cloud.create(pod("b").zone(H).zone(I));
  }

  @Test
  void vswitchWithoutAddresses_isExhausted_untilOneComesBack() {
    CloudHarness small =
        CloudHarness.with(
            """
            zones:
              - id: z
                available: true
                vcpu: 10
                memoryGiB: 10
                gpus: 0
                vswitches: [{id: vsw-1, cidr: 10.0.0.0/29}, {id: vsw-2, cidr: 10.0.0.8/29}]
                stock: {default: -1, types: {}}
            """);
    for (int i = 0; i < 4; i++) {
      assertThat(small.create(pod("p" + i).zone("z", "vsw-2")).getVswitch()).isEqualTo("vsw-2");
    }
    CloudFailure refused = small.refused(pod("x").zone("z", "vsw-2"));
    assertThat(refused.reason()).isEqualTo(ERROR_REASON_ADDRESSES_EXHAUSTED);
    assertThat(refused.metadata()).containsEntry("vswitches", "vsw-2");
    assertThat(small.create(pod("x").zone("z", "vsw-2", "vsw-1")).getVswitch()).isEqualTo("vsw-1");

    String freed = small.get("p1").getAddresses(0);
    small.delete("p1", 1, Duration.ZERO);
    small.create(pod("y").zone("z", "vsw-2"));
    assertThat(small.get("y").getAddressesList()).containsExactly(freed);
  }

  @Test
  void burst_isTakenAtOnce_andTheRestIsThrottledWithAWait() {
    CloudHarness eci = CloudHarness.eci();
    List<CreateOutcome> outcomes =
        IntStream.range(0, 103).mapToObj(i -> eci.tryCreate(pod("p" + i))).toList();

    assertThat(outcomes.subList(0, 100)).allMatch(o -> o instanceof CreateOutcome.Accepted);
    CloudFailure throttled = ((CreateOutcome.Refused) outcomes.get(100)).failure();
    assertThat(throttled.reason()).isEqualTo(ERROR_REASON_THROTTLED);
    assertThat(throttled.retryAfter()).contains(Duration.ofMillis(50));

    eci.pass(Duration.ofMillis(49));
    assertThat(eci.refused(pod("p100")).reason()).isEqualTo(ERROR_REASON_THROTTLED);
    eci.pass(Duration.ofMillis(1));
    eci.create(pod("p100"));
  }

  @Test
  void sustainedRate_isTwentyASecond() {
    CloudHarness eci = CloudHarness.eci();
    int bought = 0;
    for (int tenth = 0; tenth < 300; tenth++) {
      for (int i = 0; i < 10; i++) {
        if (eci.tryCreate(pod("p" + bought)) instanceof CreateOutcome.Accepted) {
          bought++;
        }
      }
      eci.pass(Duration.ofMillis(100));
    }
    assertThat(bought).isBetween(100 + 20 * 29, 100 + 20 * 30);
  }

  @Test
  void quotas_areToldByName() {
    CloudHarness few = CloudHarness.with("quotas: {instances: 1, vcpu: 100}");
    few.create(pod("a"));
    CloudFailure instances = few.refused(pod("b"));
    assertThat(instances.reason()).isEqualTo(ERROR_REASON_QUOTA_EXCEEDED);
    assertThat(instances.metadata())
        .containsEntry("quota", "instances")
        .containsEntry("limit", "1");

    CloudHarness small = CloudHarness.with("quotas: {instances: 9, vcpu: 3}");
    small.create(pod("a").types("2-4Gi"));
    assertThat(small.refused(pod("b").types("2-4Gi")).metadata())
        .containsEntry("quota", "milli-vcpu");
    assertThat(small.cloud.quotas())
        .anySatisfy(
            quota -> {
              assertThat(quota.getName()).isEqualTo("milli-vcpu");
              assertThat(quota.getUsed()).isEqualTo(2000);
              assertThat(quota.getLimit()).isEqualTo(3000);
            });
  }

  @Test
  void quotas_thatBound_changeTheCatalogWithEachInstance() {
    CloudHarness small = CloudHarness.with("quotas: {instances: 9, vcpu: 8}");
    assertThat(small.cloud.drainCatalog().quotas()).isEmpty();
    small.create(pod("a").types("2-4Gi"));

    assertThat(small.cloud.drainCatalog().quotas())
        .containsExactly(quota("instances", 9, 1), quota("milli-vcpu", 8000, 2000))
        .isEqualTo(small.cloud.catalog().quotas());
    assertThat(small.cloud.drainCatalog().quotas()).isEmpty();
  }

  @Test
  void quotas_withoutABound_areShownAndNeverChange() {
    cloud.create(pod("a"));

    assertThat(cloud.cloud.drainCatalog().quotas()).isEmpty();
    assertThat(cloud.cloud.catalog().quotas())
        .containsExactly(quota("instances", -1, 0), quota("milli-vcpu", -1, 0));
  }

  @Test
  void account_isExact() {
    cloud.create(pod("a"));
    cloud.pass(Duration.ofMillis(90_500));
    cloud.delete("a", 1, Duration.ZERO);
    cloud.pass(Duration.ofHours(1));

    Usage usage = cloud.cloud.usage(CLUSTER);
    long perSecond = 49_000 + 2 * 6_130;
    assertThat(usage.spentNanos()).isEqualTo(perSecond * 905 / 10);
    assertThat(usage.instanceSeconds()).isEqualTo(90);
    assertThat(usage.live()).isZero();
    assertThat(usage.nanosPerSecond()).isZero();
    assertThat(usage.created()).isEqualTo(1);
    assertThat(cloud.cloud.usage("")).isEqualTo(usage);
    assertThat(cloud.cloud.usage("cluster-b").spentNanos()).isZero();
  }

  @Test
  void billing_beginsAtTheImageDownload() {
    CloudHarness eci = CloudHarness.eci();
    eci.create(pod("a"));
    eci.pass(Duration.ofMillis(6999));
    assertThat(eci.cloud.usage("").nanosPerSecond()).isZero();
    eci.pass(Duration.ofMillis(1501));
    assertThat(eci.cloud.usage("").nanosPerSecond()).isEqualTo(49_000 + 2 * 6_130);
  }

  private static Quota quota(String name, long limit, long used) {
    return Quota.newBuilder().setName(name).setLimit(limit).setUsed(used).build();
  }

  private static SetStock.Builder stock(String zone, String type, long limit) {
    return SetStock.newBuilder().setZone(zone).setType(type).setLimit(limit);
  }
}
