package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.testing.Cloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The core from event to effect, in virtual time. */
class SchedulerCoreTest {
  private static final String TYPE = "1-2Gi";
  private static final PodShape WEB = shape().build();
  private static final String NO_STOCK = "0/3 zones are available: 3 out of stock for 1-2Gi.";

  @Test
  void deployment_of500OverThreeZones_isSpreadEvenly() {
    var stage = Stage.of(cloud());
    stage.create(WEB, 500);
    stage.settle();
    assertThat(stage.zones().values()).containsExactlyInAnyOrder(166, 167, 167);
    assertThat(stage.decided).isEqualTo(Map.of(SchedulerObserver.Result.SCHEDULED, 500));
    assertThat(stage.pending).isEqualTo(PendingCounts.NONE);
  }

  @Test
  void deployment_createdOneByOne_isSpreadEvenlyToo() {
    var stage = Stage.of(cloud());
    for (int i = 0; i < 90; i++) {
      stage.create(WEB, 1);
    }
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 30, "i", 30, "j", 30));
  }

  @Test
  void aNamespaceWithFewPods_isBoundSoon_howeverManyAnotherHas() {
    var stage = Stage.of(cloud());
    stage.create(WEB, 50_000);
    stage.create(shape().namespace("small").build(), 20);

    while (stage.binds.stream().filter(bind -> bind.pod().namespace().equals("small")).count()
        < 20) {
      stage.answer();
    }

    assertThat(stage.binds).as("binds until the last of the few").hasSizeLessThan(64 + 2 * 20 + 2);
  }

  @Test
  void aHigherPriority_isBoundBeforeAllNamespaces() {
    var stage = Stage.of(cloud());
    stage.create(WEB, 1000);
    stage.create(shape().namespace("small").build(), 1000);
    stage.create(shape().namespace("urgent").priority(100).build(), 50);

    while (stage.binds.size() < 64 + 50) {
      stage.answer();
    }

    assertThat(stage.binds.subList(64, 64 + 50))
        .allMatch(bind -> bind.pod().namespace().equals("urgent"));
  }

  @Test
  void bind_placement_carriesTheZonesInOrder() {
    var stage = Stage.of(cloud().price("i", TYPE, 1).price("j", TYPE, 2));
    stage.create(WEB, 1);
    assertThat(stage.binds)
        .singleElement()
        .satisfies(
            bind -> {
              assertThat(bind.zone()).isEqualTo("i");
              assertThat(bind.annotations()).isEqualTo(Map.of("viking.io/zones", "i,j,h"));
            });
  }

  @Test
  void bind_typesWereChosen_carriesThemToo() {
    var stage = Stage.of(cloud().zones("h"));
    stage.create(shape().families("ecs.c6").build(), 1);
    assertThat(stage.binds)
        .singleElement()
        .satisfies(
            bind ->
                assertThat(bind.annotations())
                    .isEqualTo(
                        Map.of(
                            "viking.io/zones",
                            "h",
                            "viking.io/instance-types",
                            "ecs.c6.large,ecs.c6.xlarge")));
  }

  @Test
  void bind_done_isAnnounced() {
    var stage = Stage.of(cloud().zones("h"));
    stage.create(WEB, 1);
    stage.settle();
    assertThat(stage.announced)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("Scheduled");
              assertThat(event.warning()).isFalse();
              assertThat(event.message()).isEqualTo("Successfully assigned shop/pod-0 to h");
            });
  }

  @Test
  void binds_moreThanMayBeInFlight_waitForAnswers() {
    var stage = Stage.of(cloud());
    stage.create(WEB, 500);
    assertThat(stage.unanswered).hasSize(64);
    stage.answer();
    assertThat(stage.unanswered).hasSize(64);
    assertThat(stage.binds).hasSize(65);
  }

  @Test
  void start_untilAllListsAndACatalogAreIn_nothingIsDecided() {
    var stage = new Stage();
    stage.create(WEB, 3);
    stage.feed(new SchedulerEvent.PodsListed(), new SchedulerEvent.NodeSeen(Cloud.node("h")));
    stage.feed(new SchedulerEvent.CatalogChanged(cloud().zones("h").snapshot()));
    assertThat(stage.ready).isFalse();
    assertThat(stage.binds).isEmpty();
    stage.feed(new SchedulerEvent.NodesListed());
    assertThat(stage.ready).isFalse();
    stage.feed(new SchedulerEvent.NamespacesListed());
    assertThat(stage.ready).isTrue();
    assertThat(stage.binds).hasSize(3);
  }

  @Test
  void zoneWithoutNode_getsNothingUntilItsNodeAppears() {
    var stage = new Stage();
    stage.feed(
        new SchedulerEvent.NodeSeen(Cloud.node("h")),
        new SchedulerEvent.PodsListed(),
        new SchedulerEvent.NodesListed(),
        new SchedulerEvent.NamespacesListed(),
        new SchedulerEvent.CatalogChanged(cloud().snapshot()));
    stage.create(WEB, 30);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 30));
    stage.feed(new SchedulerEvent.NodeSeen(Cloud.node("i")));
    stage.create(WEB, 30);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 30, "i", 30));
  }

  @Test
  void stock_of100InOneZone_theRestFlowsIntoTheNext() {
    var stage = Stage.of(cloud().zones("h", "i").stock("h", TYPE, 100));
    stage.create(WEB, 500);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 100, "i", 400));
  }

  @Test
  void stock_sharedByTwoGroups_isNeverGivenTwice() {
    var stage = Stage.of(cloud().zones("h").stock("h", TYPE, 100));
    stage.create(WEB, 70);
    stage.create(shape().owner("db").build(), 70);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 100, "", 40));
    assertThat(stage.pending.unschedulable()).isEqualTo(40);
  }

  @Test
  void stock_shownByTheCatalogWhileStarting_countsOnce() {
    var cloud = cloud().zones("h").stock("h", TYPE, 100);
    var stage = Stage.of(cloud);
    stage.create(WEB, 60);
    stage.settle();
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("h", TYPE, 70).snapshot()));
    stage.create(WEB, 50);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 100, "", 10));
  }

  @Test
  void unschedulable_told_onceWithConditionAndEvent() {
    var stage = Stage.of(empty());
    stage.create(WEB, 1);
    assertThat(stage.reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.message()).isEqualTo(NO_STOCK);
              assertThat(report.transition()).contains(stage.now);
              assertThat(report.generation()).isEqualTo(1);
            });
    assertThat(stage.announced)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("FailedScheduling");
              assertThat(event.warning()).isTrue();
              assertThat(event.message()).isEqualTo(NO_STOCK);
            });
    stage.settle();
    stage.advance(Duration.ofHours(1));
    stage.settle();
    assertThat(stage.reports).hasSize(1);
    assertThat(stage.announced).hasSize(1);
    assertThat(stage.pending).isEqualTo(new PendingCounts(0, 0, 1, 0));
  }

  @Test
  void unschedulable_otherReason_isWrittenWithoutANewTransition() {
    var cloud = empty();
    var stage = Stage.of(cloud);
    stage.create(WEB, 1);
    stage.settle();
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.closed("j").snapshot()));
    assertThat(stage.reports).hasSize(1);
    stage.advance(Duration.ofMinutes(10));
    assertThat(stage.reports).hasSize(2);
    assertThat(stage.reports.getLast().message())
        .isEqualTo("0/3 zones are available: 2 out of stock for 1-2Gi, 1 closed by the cloud.");
    assertThat(stage.reports.getLast().transition()).isEmpty();
  }

  @Test
  void unschedulable_manyPods_allAreToldAndWarnedInTheEnd() {
    var stage = Stage.of(empty());
    stage.create(WEB, 200);
    assertThat(stage.unanswered).hasSize(8);
    stage.settle();
    assertThat(stage.pods.values())
        .allSatisfy(pod -> assertThat(pod.condition()).isEqualTo(NO_STOCK));
    assertThat(stage.announced).as("at once").hasSize(10);
    stage.advance(Duration.ofSeconds(1));
    assertThat(stage.announced).as("a second later").hasSize(20);
    stage.advance(Duration.ofHours(1));
    assertThat(stage.announced)
        .as("one for each pod, and no more")
        .hasSize(200)
        .allSatisfy(event -> assertThat(event.message()).isEqualTo(NO_STOCK))
        .extracting(event -> event.pod().uid())
        .doesNotHaveDuplicates();
    assertThat(stage.decided).isEqualTo(Map.of(SchedulerObserver.Result.UNSCHEDULABLE, 200));
  }

  @Test
  void unschedulable_boundBeforeItsTurn_costsNoWarning() {
    var cloud = empty();
    var stage = Stage.of(cloud);
    stage.create(WEB, 30);
    stage.settle();
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("i", TYPE, 30).snapshot()));
    stage.settle();
    stage.advance(Duration.ofHours(1));
    assertThat(warnings(stage)).isEqualTo(10);
  }

  @Test
  void unschedulable_manyGroups_takeTurnsWithTheirWarnings() {
    var stage = Stage.of(empty());
    stage.create(WEB, 1000);
    List<String> few = stage.create(shape().owner("few").build(), 15);
    stage.settle();
    stage.advance(Duration.ofSeconds(1));
    assertThat(stage.announced.stream().map(event -> event.pod().uid())).containsAll(few);
  }

  @Test
  void unschedulable_stockReturns_wakesAtOnce() {
    var cloud = empty();
    var stage = Stage.of(cloud);
    stage.create(WEB, 10);
    stage.settle();
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("i", TYPE, 4).snapshot()));
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 6, "i", 4));
  }

  @Test
  void unschedulable_otherTypesStockReturns_sleepsOn() {
    var cloud = empty().stock("h", "4-8Gi", 0);
    var stage = Stage.of(cloud);
    stage.create(WEB, 1);
    stage.settle();
    int told = stage.decided.get(SchedulerObserver.Result.UNSCHEDULABLE);
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("h", "4-8Gi", 9).snapshot()));
    assertThat(stage.binds).isEmpty();
    assertThat(stage.decided.get(SchedulerObserver.Result.UNSCHEDULABLE)).isEqualTo(told);
  }

  @Test
  void unschedulable_neighbourIsDeleted_takesItsStock() {
    var stage = Stage.of(cloud().zones("h").stock("h", TYPE, 1));
    String first = stage.create(WEB, 1).getFirst();
    stage.create(WEB, 1);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 1, "h", 1));
    stage.delete(first);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 1));
  }

  @Test
  void unschedulable_wokenWhileItsReportIsInFlight_isBoundAfterTheAnswer() {
    var cloud = empty();
    var stage = Stage.of(cloud);
    stage.create(WEB, 1);
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("i", TYPE, 1).snapshot()));
    assertThat(stage.binds).isEmpty();
    stage.answer();
    assertThat(stage.binds).hasSize(1);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("i", 1));
  }

  @Test
  void unschedulable_reportFails_isToldAtTheNextRound() {
    var stage = Stage.of(empty());
    stage.create(WEB, 1);
    var report = (SchedulerEffect.Report) stage.unanswered.remove();
    stage.feed(Stage.answered(report, ReportOutcome.FAILED));
    assertThat(stage.reports).hasSize(1);
    stage.advance(Duration.ofSeconds(1));
    assertThat(stage.reports).hasSize(2);
  }

  @Test
  void unschedulable_podHasChanged_isToldWhenTheChangeIsSeen() {
    var stage = Stage.of(empty());
    String uid = stage.create(WEB, 1).getFirst();
    stage.change(uid);
    stage.answer();
    assertThat(stage.pods.get(uid).condition()).isEmpty();
    assertThat(stage.reports).hasSize(1);

    stage.feed(stage.waiting(uid));
    assertThat(stage.reports).hasSize(2);
    stage.answer();
    assertThat(stage.pods.get(uid).condition()).isEqualTo(stage.reports.getLast().message());
  }

  @Test
  void unschedulable_changeIsSeenBeforeTheAnswer_isToldAtOnce() {
    var stage = Stage.of(empty());
    String uid = stage.create(WEB, 1).getFirst();
    stage.change(uid);
    stage.feed(stage.waiting(uid));
    assertThat(stage.reports).hasSize(1);
    stage.settle();
    assertThat(stage.reports).hasSize(2);
    assertThat(stage.pods.get(uid).condition()).isEqualTo(stage.reports.getLast().message());
  }

  @Test
  void zone_vanishesWhilePodsAreInLine_theyGoElsewhere() {
    var cloud = cloud();
    var stage = Stage.of(cloud);
    stage.create(WEB, 300);
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.zones("i", "j").snapshot()));
    stage.settle();
    // Those in flight had been sent.
    assertThat(stage.zones().get("h")).isLessThanOrEqualTo(22);
    assertThat(stage.zones().get("i") + stage.zones().get("j")).isGreaterThanOrEqualTo(278);
    assertThat(stage.zones().get("")).isNull();
  }

  @Test
  void bind_conflict_waitsForTheCacheAndTriesAgainWithoutIt() {
    var stage = Stage.of(cloud().zones("h").stock("h", TYPE, 1));
    String uid = stage.create(WEB, 1).getFirst();
    stage.answerBind(new BindOutcome.Conflict());
    assertThat(stage.pending).isEqualTo(new PendingCounts(0, 1, 0, 0));
    assertThat(stage.core.population().find(uid)).isEmpty();
    assertThat(stage.core.inventory().claims()).isEmpty();
    assertThat(stage.announced).isEmpty();
    stage.advance(Duration.ofSeconds(1));
    assertThat(stage.binds).hasSize(2);
  }

  @Test
  void bind_conflictSinceAnotherBoundIt_countsWhereItIs() {
    var stage = Stage.of(cloud());
    String uid = stage.create(WEB, 1).getFirst();
    var pod = stage.pods.get(uid);
    stage.pods.put(uid, new Stage.ModelPod(pod.ref(), pod.shape(), "j", ""));
    stage.answer();
    stage.feed(stage.placed(uid, false));
    stage.advance(Duration.ofMinutes(1));
    assertThat(stage.binds).hasSize(1);
    assertThat(stage.core.population().find(uid).orElseThrow().zone()).isEqualTo("j");
    assertThat(stage.pending).isEqualTo(PendingCounts.NONE);
  }

  @Test
  void bind_failsAgainAndAgain_backsOffAndTellsNowAndThen() {
    var stage = Stage.of(cloud());
    stage.create(WEB, 1);
    int seconds = 0;
    for (int pause : List.of(1, 2, 4, 8)) {
      stage.answerBind(new BindOutcome.Failed("no answer", Optional.empty()));
      stage.advance(Duration.ofSeconds(pause).minusMillis(1));
      assertThat(stage.unanswered).isEmpty();
      stage.advance(Duration.ofMillis(1));
      assertThat(stage.unanswered).hasSize(1);
      seconds += pause;
    }
    assertThat(seconds).isEqualTo(15);
    // After the first, second and fourth failure.
    assertThat(stage.announced)
        .hasSize(3)
        .allSatisfy(event -> assertThat(event.message()).contains("no answer"));
    stage.settle();
    assertThat(stage.zones()).doesNotContainKey("");
  }

  @Test
  void bind_failsWithRetryAfter_waitsThatLong() {
    var stage = Stage.of(cloud());
    stage.create(WEB, 1);
    stage.answerBind(new BindOutcome.Failed("too many", Optional.of(Duration.ofSeconds(7))));
    stage.advance(Duration.ofSeconds(6));
    assertThat(stage.binds).hasSize(1);
    stage.advance(Duration.ofSeconds(1));
    assertThat(stage.binds).hasSize(2);
  }

  @Test
  void bind_oneFails_othersGoOn() {
    var stage = Stage.of(cloud());
    stage.create(WEB, 200);
    stage.answerBind(new BindOutcome.Failed("no answer", Optional.empty()));
    stage.settle();
    assertThat(stage.zones().get("")).isEqualTo(1);
  }

  @Test
  void pod_deletedWhileBinding_givesBackItsPlace() {
    var stage = Stage.of(cloud().zones("h").stock("h", TYPE, 1));
    String uid = stage.create(WEB, 1).getFirst();
    stage.delete(uid);
    assertThat(stage.core.population().size()).isZero();
    assertThat(stage.core.inventory().claims()).isEmpty();
    stage.settle();
    assertThat(stage.pending).isEqualTo(PendingCounts.NONE);
    stage.create(WEB, 1);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 1));
  }

  @Test
  void pod_deletedInLine_costsNoCall() {
    var stage = Stage.of(cloud());
    List<String> uids = stage.create(WEB, 100);
    uids.subList(64, 100).forEach(stage::delete);
    stage.settle();
    assertThat(stage.binds).hasSize(64);
  }

  @Test
  void pod_boundBeforeTheAnswer_isNotBoundAgain() {
    var stage = Stage.of(cloud());
    String uid = stage.create(WEB, 1).getFirst();
    var pod = stage.pods.get(uid);
    stage.pods.put(
        uid, new Stage.ModelPod(pod.ref(), pod.shape(), stage.binds.getFirst().zone(), ""));
    stage.feed(stage.placed(uid, false));
    stage.answerBind(new BindOutcome.Bound());
    stage.feed(stage.placed(uid, true));
    stage.advance(Duration.ofHours(1));
    assertThat(stage.binds).hasSize(1);
    assertThat(stage.core.inventory().claims()).isEmpty();
  }

  @Test
  void pod_staleViewAfterTheBind_isNotBoundAgain() {
    var stage = Stage.of(cloud());
    String uid = stage.create(WEB, 1).getFirst();
    stage.answerBind(new BindOutcome.Bound());
    stage.feed(new SchedulerEvent.PodWaiting(stage.pending(uid, false)));
    stage.advance(Duration.ofHours(1));
    assertThat(stage.binds).hasSize(1);
  }

  @Test
  void gated_leftAloneUntilTheGatesAreGone() {
    var stage = Stage.of(cloud());
    stage.feed();
    String uid = "uid-gated";
    stage.pods.put(uid, new Stage.ModelPod(new PodRef("shop", "gated", uid), WEB, "", ""));
    stage.feed(new SchedulerEvent.PodWaiting(stage.pending(uid, true)));
    stage.advance(Duration.ofHours(1));
    assertThat(stage.unanswered).isEmpty();
    assertThat(stage.pending).isEqualTo(new PendingCounts(0, 0, 0, 1));
    stage.feed(new SchedulerEvent.PodWaiting(stage.pending(uid, false)));
    stage.settle();
    assertThat(stage.zones()).doesNotContainKey("");
  }

  @Test
  void priority_higherIsDecidedAndBoundFirst() {
    var stage = Stage.of(cloud().zones("h").stock("h", TYPE, 150));
    stage.create(WEB, 100);
    PodShape high = shape().owner("high").priority(1000).build();
    List<String> urgent = stage.create(high, 100);
    stage.settle();
    // Of the 100 only those in flight went before.
    assertThat(stage.binds.subList(64, 64 + 50))
        .allSatisfy(bind -> assertThat(urgent).contains(bind.pod().uid()));
  }

  @Test
  void priority_oneStep_stockGoesToTheHigher() {
    var stage = new Stage();
    PodShape high = shape().owner("high").priority(1000).build();
    stage.create(WEB, 100);
    stage.create(high, 100);
    stage.open(cloud().zones("h").stock("h", TYPE, 150));
    stage.settle();
    assertThat(
            stage.pods.values().stream()
                .filter(pod -> pod.shape().equals(high))
                .allMatch(pod -> pod.zone().equals("h")))
        .isTrue();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 150, "", 50));
  }

  @Test
  void restart_lists_sameWorldAndNoSecondBind() {
    var cloud = cloud().stock("h", TYPE, 0);
    var before = Stage.of(cloud);
    List<String> uids = before.create(WEB, 100);
    for (int i = 0; i < 40; i++) {
      before.answer();
    }
    var after = new Stage();
    after.pods.putAll(before.pods);
    for (String uid : uids) {
      boolean bound = !after.pods.get(uid).zone().isEmpty();
      after.feed(bound ? after.placed(uid, true) : after.waiting(uid));
    }
    after.open(cloud);
    after.settle();
    assertThat(after.zones()).isEqualTo(Map.of("i", 50, "j", 50));
    assertThat(after.binds).hasSize(60);
  }

  @Test
  void restart_podsThatWereTold_areNotWrittenToAgainAndWarnedByAndBy() {
    var cloud = empty();
    var before = Stage.of(cloud);
    List<String> uids = before.create(WEB, 3);
    before.settle();
    var after = new Stage();
    after.pods.putAll(before.pods);
    uids.forEach(uid -> after.feed(after.waiting(uid)));
    after.open(cloud);
    assertThat(after.reports).isEmpty();
    assertThat(after.announced).isEmpty();
    assertThat(after.pending.unschedulable()).isEqualTo(3);
    after.advance(Duration.ofHours(1));
    assertThat(after.reports).isEmpty();
    assertThat(after.announced).as("the first may have ended before their turn").hasSize(3);
  }

  @Test
  void affinity_companyArrivesInTheSameStep_isFollowed() {
    var stage = Stage.of(cloud());
    PodShape web = shape().near("db").build();
    stage.create(web, 5);
    assertThat(stage.pending.unschedulable()).isEqualTo(5);
    stage.create(shape().owner("db").build(), 1);
    stage.settle();
    assertThat(stage.zones()).hasSize(1).doesNotContainKey("");
  }

  @Test
  void antiAffinity_neighbourLeaves_isTaken() {
    var stage = Stage.of(cloud().zones("h"));
    PodShape lonely = shape().awayFrom("web").build();
    List<String> uids = stage.create(lonely, 2);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 1, "h", 1));
    stage.delete(
        uids.stream().filter(u -> !stage.pods.get(u).zone().isEmpty()).findFirst().orElseThrow());
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 1));
  }

  @Test
  void affinity_namespaceGetsTheLabel_isFollowed() {
    var stage = Stage.of(cloud());
    stage.create(shape().namespace("data").owner("db").build(), 1);
    stage.settle();
    var teamA =
        new PodScope(
            Set.of(), LabelMatch.allOf(List.of(LabelRule.is("team", "a"))), LabelMatch.EVERYTHING);
    stage.create(shape().near(teamA).build(), 2);
    assertThat(stage.pending.unschedulable()).isEqualTo(2);
    stage.feed(new SchedulerEvent.NamespaceSeen("data", Map.of("team", "b")));
    assertThat(stage.pending.unschedulable()).isEqualTo(2);
    stage.feed(new SchedulerEvent.NamespaceSeen("data", Map.of("team", "a")));
    stage.settle();
    assertThat(stage.zones()).hasSize(1).doesNotContainKey("");
  }

  @Test
  void antiAffinityOfOthers_namespaceLosesTheLabel_letsIn() {
    var stage = Stage.of(cloud().zones("h"));
    stage.feed(new SchedulerEvent.NamespaceSeen("shop", Map.of("team", "a")));
    var teamA =
        new PodScope(
            Set.of(), LabelMatch.allOf(List.of(LabelRule.is("team", "a"))), LabelMatch.EVERYTHING);
    stage.create(shape().namespace("data").owner("db").awayFrom(teamA).build(), 1);
    stage.settle();
    stage.create(WEB, 1);
    assertThat(stage.pending.unschedulable()).isEqualTo(1);
    stage.feed(new SchedulerEvent.NamespaceGone("shop"));
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("h", 2));
  }

  @Test
  void shape_changesWhileWaiting_isDecidedAnew() {
    var stage = Stage.of(cloud());
    String uid = stage.create(shape().selector("disk", "ssd").build(), 1).getFirst();
    stage.settle();
    var pod = stage.pods.get(uid);
    stage.pods.put(uid, new Stage.ModelPod(pod.ref(), WEB, "", pod.condition()));
    stage.feed(stage.waiting(uid));
    stage.settle();
    assertThat(stage.zones()).doesNotContainKey("");
  }

  @Test
  void quota_usedUp_restWaitsAndIsWokenByWhatIsFreed() {
    var cloud = cloud().quota("instances", 10, 0);
    var stage = Stage.of(cloud);
    List<String> uids = stage.create(WEB, 30);
    stage.settle();
    assertThat(stage.zones()).containsEntry("", 20);
    assertThat(stage.pods.get(uids.getLast()).condition())
        .isEqualTo("0/3 zones are available: the account's quota of instances (10) is used up.");
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.quota("instances", 10, 10).snapshot()));
    stage.settle();
    assertThat(stage.zones()).containsEntry("", 20);
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.quota("instances", 10, 6).snapshot()));
    stage.settle();
    assertThat(stage.zones()).containsEntry("", 16);
  }

  @Test
  void quota_podThatWasOvertaken_hasTheNextRoom_onceNobodyClaimsTheOther() {
    var cloud = cloud().quota("instances", 10, 9);
    var stage = Stage.of(cloud);
    String overtaken = stage.create(WEB, 1).getFirst();
    stage.settle();
    assertThat(stage.pods.get(overtaken).zone()).isNotEmpty();
    // Another pod needed a second instance, and has the last one.
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.quota("instances", 10, 10).snapshot()));
    confirmTwice(stage);
    stage.advance(Duration.ofSeconds(61));
    confirmTwice(stage);
    stage.create(shape().owner("db").build(), 1);
    stage.settle();

    stage.feed(new SchedulerEvent.CatalogChanged(cloud.quota("instances", 10, 9).snapshot()));
    stage.settle();

    assertThat(stage.zones().get("")).as("pods that wait, since the room is another's").isOne();
  }

  @Test
  void quota_podWhoseInstanceIsOnlyNotToldOfYet_isNotCountedTwiceByAPairOfConfirmations() {
    var cloud = cloud().quota("instances", 10, 8);
    var stage = Stage.of(cloud);
    stage.create(WEB, 1);
    stage.settle();
    stage.advance(Duration.ofSeconds(61));
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.quota("instances", 10, 9).snapshot()));
    confirmTwice(stage);
    stage.create(shape().owner("db").build(), 1);
    stage.settle();
    assertThat(stage.zones()).doesNotContainKey("");
  }

  /** As a watch that is renewed does it. */
  private static void confirmTwice(Stage stage) {
    stage.feed(new SchedulerEvent.CatalogConfirmed());
    stage.feed(new SchedulerEvent.CatalogConfirmed());
  }

  @Test
  void quota_podDeletedBeforeItStarts_leavesItsPlaceToTheNext() {
    var stage = Stage.of(cloud().quota("instances", 1, 0));
    List<String> uids = stage.create(WEB, 2);
    stage.settle();
    stage.delete(uids.getFirst());
    stage.settle();
    assertThat(stage.zones()).doesNotContainKey("");
  }

  @Test
  void quota_sharedByTwoGroups_isNeverGivenTwice() {
    var stage = Stage.of(cloud().quota("milli-vcpu", 10_000, 0));
    stage.create(WEB, 7);
    stage.create(shape().owner("db").needs(4000, 8192, 0).build(), 2);
    stage.settle();
    assertThat(stage.zones()).containsEntry("", 2);
  }

  private static long warnings(Stage stage) {
    return stage.announced.stream().filter(SchedulerEffect.Announce::warning).count();
  }

  private static Cloud empty() {
    return cloud().stock("h", TYPE, 0).stock("i", TYPE, 0).stock("j", TYPE, 0);
  }
}
