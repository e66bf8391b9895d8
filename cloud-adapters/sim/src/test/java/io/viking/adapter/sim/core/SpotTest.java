package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.TestPod.pod;
import static io.viking.cloud.v1.InstancePhase.INSTANCE_PHASE_FAILED;
import static io.viking.cloud.v1.InstancePhase.INSTANCE_PHASE_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.TestPod;
import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Reclaim;
import io.viking.adapter.sim.state.SetSpot;
import io.viking.adapter.sim.state.SetStock;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Purchase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpotTest {
  private static final String H = "cn-hangzhou-h";

  /** A quiet market: prices stay where a test puts them. */
  private final CloudHarness cloud = CloudHarness.with("spot: {step: 0}");

  @Test
  void spot_costsTheMarketPrice() {
    Instance instance = cloud.create(pod("a").purchase(asPriceGoes()));

    assertThat(instance.getSpot()).isTrue();
    assertThat(instance.getPrice().getNanosPerSecond()).isEqualTo((49_000 + 2 * 6_130) * 3 / 10);
  }

  @Test
  void limitBelowTheMarket_isTooLow_andNamesThePrice() {
    CloudFailure refused = cloud.refused(limited("a", 18_000));

    assertThat(refused.reason()).isEqualTo(ErrorReason.ERROR_REASON_SPOT_PRICE_TOO_LOW);
    assertThat(refused.metadata()).containsEntry("market_price_nanos", "18378");
  }

  @Test
  void fallback_buysOnDemand_whenThereIsNoSpot() {
    TestPod pod = pod("a").purchase(limit(18_000).setSpotFallback(true));

    Instance instance = cloud.create(pod);

    assertThat(instance.getSpot()).isFalse();
    assertThat(instance.getPrice().getNanosPerSecond()).isEqualTo(49_000 + 2 * 6_130);
  }

  @Test
  void outbid_isWarnedThreeMinutesBefore_afterItsProtection() {
    cloud.create(limited("a", 20_000));
    cloud.operate(price(900_000));
    cloud.pass(Duration.ofMinutes(59));
    assertThat(cloud.get("a").hasReclaimTime()).as("protected for an hour").isFalse();

    cloud.pass(Duration.ofMinutes(2));
    Instance warned = cloud.get("a");
    assertThat(warned.getReclaimTime().getSeconds())
        .isEqualTo(CloudHarness.START.plus(Duration.ofMinutes(63)).getEpochSecond());
    assertThat(warned.getConditionsList())
        .extracting(InstanceCondition::getType)
        .contains("SpotToBeReleased");
    assertThat(warned.getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);

    cloud.pass(Duration.ofMinutes(2));
    Instance gone = cloud.get("a");
    assertThat(gone.getPhase()).isEqualTo(INSTANCE_PHASE_FAILED);
    assertThat(gone.getReason()).isEqualTo("SpotReclaimed");
    assertThat(gone.getContainers(0).getTerminated().getExitCode()).isEqualTo(137);
    assertThat(cloud.cloud.usage("").live()).isZero();
  }

  @Test
  void unprotected_goesAtOnceWithTheNotice() {
    cloud.create(
        pod("a")
            .purchase(limit(20_000).setSpotProtection(com.google.protobuf.Duration.newBuilder())));
    cloud.operate(price(900_000));

    assertThat(cloud.get("a").hasReclaimTime()).isTrue();
  }

  @Test
  void asPriceGoes_staysAtAnyPrice() {
    cloud.create(pod("a").purchase(asPriceGoes()));
    cloud.operate(price(1_000_000));
    cloud.pass(Duration.ofHours(5));

    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
  }

  @Test
  void reclaimByAnOperator_takesSpotOnly() {
    cloud.create(pod("a").purchase(asPriceGoes()));
    cloud.create(pod("b"));

    assertThat(cloud.operate(reclaim("a"))).isTrue();
    assertThat(cloud.operate(reclaim("b"))).isFalse();
    assertThat(cloud.operate(reclaim("nobody"))).isFalse();

    cloud.pass(Duration.ofMinutes(3));
    assertThat(cloud.get("a").getReason()).isEqualTo("SpotReclaimed");
    assertThat(cloud.get("b").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
  }

  @Test
  void soldOutSpot_isOutOfStock() {
    cloud.operate(Operate.newBuilder().setSetStock(SetStock.newBuilder().setZone(H).setLimit(0)));

    assertThat(cloud.refused(pod("a").purchase(asPriceGoes())).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_OUT_OF_STOCK);
  }

  @Test
  void prices_walkBetweenATenthAndTheWhole_theSameForASeed() {
    CloudHarness one = CloudHarness.with("spot: {step: 0.2}");
    CloudHarness two = CloudHarness.with("spot: {step: 0.2}");
    boolean moved = false;
    for (int i = 0; i < 50; i++) {
      one.pass(Duration.ofMinutes(5));
      two.pass(Duration.ofMinutes(5));
      for (Offer offer : one.cloud.catalog().offers()) {
        long onDemand = offer.getOnDemand().getNanosPerSecond();
        long spot = offer.getSpot().getNanosPerSecond();
        assertThat(spot).isBetween(onDemand / 10 - 1, onDemand);
        moved |= spot != onDemand * 3 / 10;
      }
      assertThat(one.cloud.catalog()).isEqualTo(two.cloud.catalog());
    }
    assertThat(moved).isTrue();
  }

  private static Purchase.Builder asPriceGoes() {
    return Purchase.newBuilder().setKind(Purchase.Kind.SPOT_AS_PRICE_GO);
  }

  private static Purchase.Builder limit(long nanos) {
    return Purchase.newBuilder()
        .setKind(Purchase.Kind.SPOT_WITH_PRICE_LIMIT)
        .setSpotLimit(Price.newBuilder().setCurrency("CNY").setNanosPerSecond(nanos));
  }

  private static TestPod limited(String uid, long nanos) {
    return pod(uid).purchase(limit(nanos));
  }

  private static Operate.Builder price(long ppm) {
    return Operate.newBuilder()
        .setSetSpot(SetSpot.newBuilder().setZone(H).setType("1-2Gi").setPpm(ppm));
  }

  private static Operate.Builder reclaim(String uid) {
    return Operate.newBuilder()
        .setReclaim(Reclaim.newBuilder().setCluster(CloudHarness.CLUSTER).setUid(uid));
  }
}
