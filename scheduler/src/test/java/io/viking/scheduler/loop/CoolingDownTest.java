package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.Refusal;
import io.viking.scheduler.testing.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the cloud refuses although its catalog shows it, from the pod's condition to the next bind.
 */
class CoolingDownTest {
  private static final String TYPE = "1-2Gi";
  private static final PodShape WEB = shape().build();
  private static final PodShape DB = shape().owner("db").build();

  @Test
  void refused_forStock_closesAllZonesOfThePod() {
    var stage = Stage.of(cloud());
    refuse(stage, bind(stage, WEB), Refusal.NO_STOCK);
    String next = stage.create(DB, 1).getFirst();
    stage.settle();
    assertThat(stage.pods.get(next).condition())
        .isEqualTo(
            "0/3 zones are available: 3 cooling down after the cloud had no stock of 1-2Gi.");
  }

  @Test
  void refused_pauseIsOver_oneIsLetInAndItsInstanceLetsInTheRest() {
    var stage = Stage.of(cloud().zones("h"));
    refuse(stage, bind(stage, WEB), Refusal.NO_STOCK);
    List<String> uids = stage.create(DB, 5);
    stage.settle();
    stage.advance(Duration.ofSeconds(4));
    assertThat(stage.zones()).isEqualTo(Map.of("", 5, "h", 1));
    stage.advance(Duration.ofSeconds(1));
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 4, "h", 2));
    stage.feed(stage.placed(uids.getFirst(), true));
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 6));
  }

  @Test
  void probe_isRefusedToo_theNextWaitsTwiceAsLong() {
    var stage = Stage.of(cloud().zones("h"));
    refuse(stage, bind(stage, WEB), Refusal.NO_STOCK);
    List<String> uids = stage.create(DB, 5);
    stage.settle();
    stage.advance(Duration.ofSeconds(5));
    stage.settle();
    refuse(stage, uids.getFirst(), Refusal.NO_STOCK);
    stage.advance(Duration.ofSeconds(9));
    assertThat(stage.zones()).isEqualTo(Map.of("", 4, "h", 2));
    stage.advance(Duration.ofSeconds(1));
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 3, "h", 3));
  }

  @Test
  void probe_isDeleted_theNextIsLetInAtOnce() {
    var stage = Stage.of(cloud().zones("h"));
    refuse(stage, bind(stage, WEB), Refusal.NO_STOCK);
    List<String> uids = stage.create(DB, 5);
    stage.settle();
    stage.advance(Duration.ofSeconds(5));
    stage.settle();
    stage.delete(uids.getFirst());
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 3, "h", 2));
  }

  @Test
  void refused_conditionIsToldAgain_isOneFailure() {
    var stage = Stage.of(cloud().zones("h"));
    String uid = bind(stage, WEB);
    refuse(stage, uid, Refusal.NO_STOCK);
    stage.create(DB, 5);
    stage.settle();
    stage.advance(Duration.ofSeconds(5));
    refuse(stage, uid, Refusal.NO_STOCK);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 4, "h", 2));
  }

  @Test
  void catalogShowsMore_endsThePauseAtOnce() {
    var cloud = cloud().zones("h").stock("h", TYPE, 100);
    var stage = Stage.of(cloud);
    refuse(stage, bind(stage, WEB), Refusal.NO_STOCK);
    stage.create(DB, 5);
    stage.settle();
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("h", TYPE, 101).snapshot()));
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 4, "h", 2));
  }

  @Test
  void refused_forAnAddress_closesTheZoneForEveryType() {
    var stage = Stage.of(cloud().zones("h"));
    refuse(stage, bind(stage, WEB), Refusal.NO_ADDRESS);
    String big = stage.create(shape().owner("big").needs(4000, 8192, 0).build(), 1).getFirst();
    stage.settle();
    assertThat(stage.pods.get(big).condition())
        .isEqualTo("0/1 zones are available: 1 cooling down after the cloud had no free address.");
  }

  @Test
  void refused_forItsBid_closesForThoseThatBidNoMore() {
    var stage = Stage.of(cloud().zones("h").price("h", TYPE, 500));
    refuse(stage, bind(stage, shape().bid(150, false).build()), Refusal.BID_TOO_LOW);
    stage.create(shape().owner("poor").bid(120, false).build(), 1);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 1, "h", 1));
    stage.create(shape().owner("rich").bid(200, false).build(), 1);
    stage.create(shape().owner("fixed").build(), 1);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 1, "h", 3));
  }

  @Test
  void refused_forStockOnTheSpotMarket_closesForThoseThatBidAlone() {
    var stage = Stage.of(cloud().zones("h"));
    refuse(stage, bind(stage, shape().bid(Bid.ANY, false).build()), Refusal.NO_STOCK);
    String bids = stage.create(shape().owner("bids").spot().build(), 1).getFirst();
    stage.create(shape().owner("falls-back").bid(Bid.ANY, true).build(), 1);
    stage.create(DB, 1);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 1, "h", 3));
    assertThat(stage.pods.get(bids).condition())
        .contains("1 cooling down after the cloud had no 1-2Gi as spot for the pod's bid.");
  }

  @Test
  void refused_forAnotherReason_closesNothing() {
    var stage = Stage.of(cloud().zones("h"));
    refuse(stage, bind(stage, WEB), Refusal.OTHER);
    stage.create(DB, 5);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 6));
  }

  @Test
  void closedZone_staysALaterCandidate() {
    var stage = Stage.of(cloud().zones("h"));
    refuse(stage, bind(stage, WEB), Refusal.NO_STOCK);
    stage.feed(new SchedulerEvent.NodeSeen(Cloud.node("i")));
    stage.feed(new SchedulerEvent.CatalogChanged(cloud().zones("h", "i").snapshot()));
    stage.create(DB, 1);
    assertThat(stage.binds.getLast().annotations()).containsEntry("viking.io/zones", "i,h");
  }

  @Test
  void instance_startedInAnotherZone_isCountedThereAndTheFirstCoolsDown() {
    var stage = Stage.of(cloud().price("h", TYPE, 1));
    String uid = bind(stage, WEB);
    assertThat(stage.zones()).isEqualTo(Map.of("h", 1));
    var pod = stage.pods.get(uid);
    stage.pods.put(uid, new Stage.ModelPod(pod.ref(), pod.shape(), "i", ""));
    stage.feed(stage.placed(uid, true));
    assertThat(stage.core.population().count(WEB.crowd().workload(), "i")).isEqualTo(1);
    stage.create(DB, 1);
    assertThat(stage.binds.getLast().zone()).isNotEqualTo("h");
    stage.create(shape().owner("big").needs(4000, 8192, 0).build(), 30);
    stage.settle();
    assertThat(stage.zones()).as("the other type is not refused").containsEntry("h", 10);
    stage.advance(Duration.ofSeconds(5));
    stage.create(shape().owner("cache").build(), 1);
    assertThat(stage.binds.getLast().zone()).isEqualTo("h");
  }

  @Test
  void pinnedPods_leaveTheTryingToOthers() {
    var stage = Stage.of(cloud().zones("h", "i").price("h", TYPE, 1));
    String uid = bind(stage, WEB);
    var pod = stage.pods.get(uid);
    stage.pods.put(uid, new Stage.ModelPod(pod.ref(), pod.shape(), "i", ""));
    stage.feed(stage.placed(uid, true));
    stage.advance(Duration.ofSeconds(5));
    stage.create(shape().owner("strict").spread(1, "strict").build(), 1);
    assertThat(stage.binds.getLast().zone()).isEqualTo("i");
    stage.create(DB, 1);
    assertThat(stage.binds.getLast().zone()).isEqualTo("h");
  }

  @Test
  void restart_boundPodsWithoutAnInstance_areTakenOffStockAndQuota() {
    var cloud = cloud().zones("h").stock("h", TYPE, 10).quota("instances", 100, 93);
    var before = Stage.of(cloud);
    List<String> uids = before.create(WEB, 4);
    before.settle();
    var after = new Stage();
    after.pods.putAll(before.pods);
    after.feed(after.placed(uids.getFirst(), true));
    uids.subList(1, 4).forEach(uid -> after.feed(after.placed(uid, false)));
    after.open(cloud);
    assertThat(after.core.inventory().shelf("h").left(TYPE)).isEqualTo(7);
    assertThat(after.core.inventory().quotas().left("instances")).isEqualTo(4);
    after.delete(uids.getLast());
    assertThat(after.core.inventory().shelf("h").left(TYPE)).isEqualTo(8);
  }

  @Test
  void placedByOthers_onANodeThatIsNoZone_takesNothing() {
    var stage = Stage.of(cloud().zones("h").stock("h", TYPE, 10));
    String uid = bind(stage, WEB);
    var pod = stage.pods.get(uid);
    stage.pods.put("other", new Stage.ModelPod(pod.ref(), pod.shape(), "worker-1", ""));
    stage.feed(stage.placed("other", false));
    assertThat(stage.core.inventory().claims()).containsOnlyKeys(uid);
  }

  @Test
  void catalogFallsSilent_schedulingGoesOnAndThoseWhoWaitHearHowOldItIs() {
    var cloud = cloud().zones("h").stock("h", TYPE, 3);
    var stage = Stage.of(cloud);
    stage.create(WEB, 4);
    PodShape picky = shape().owner("picky").selector("disk", "ssd").build();
    String unhelped = stage.create(picky, 1).getFirst();
    stage.settle();
    stage.feed(new SchedulerEvent.CatalogInterrupted(Instant.parse("2026-01-01T12:03:05.678Z")));
    stage.settle();
    String waiting = stage.create(DB, 1).getFirst();
    stage.settle();
    assertThat(stage.pods.get(waiting).condition())
        .isEqualTo(
            "0/1 zones are available: 1 out of stock for 1-2Gi. (stock as known at 12:03:05Z; the"
                + " cloud's catalog has not answered since)");
    assertThat(stage.pods.values().stream().filter(p -> p.condition().endsWith("since)")))
        .as("those who waited before are told, too")
        .hasSize(2);
    assertThat(stage.pods.get(unhelped).condition()).doesNotContain("catalog");

    stage.create(shape().owner("big").needs(4000, 8192, 0).build(), 5);
    stage.settle();
    assertThat(stage.zones()).as("what is left can be had").isEqualTo(Map.of("", 3, "h", 8));

    stage.feed(new SchedulerEvent.CatalogConfirmed());
    stage.settle();
    assertThat(stage.pods.get(waiting).condition())
        .isEqualTo("0/1 zones are available: 1 out of stock for 1-2Gi.");
  }

  @Test
  void catalogFallsSilent_whatStartsStaysTaken() {
    var stage = Stage.of(cloud().zones("h").stock("h", TYPE, 3));
    List<String> uids = stage.create(WEB, 3);
    stage.settle();
    stage.feed(new SchedulerEvent.CatalogInterrupted(stage.now));
    uids.forEach(uid -> stage.feed(stage.placed(uid, true)));
    stage.create(DB, 1);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 1, "h", 3));
  }

  private static String bind(Stage stage, PodShape shape) {
    String uid = stage.create(shape, 1).getFirst();
    stage.settle();
    return uid;
  }

  private static void refuse(Stage stage, String uid, Refusal refusal) {
    stage.feed(stage.refused(uid, refusal));
  }
}
