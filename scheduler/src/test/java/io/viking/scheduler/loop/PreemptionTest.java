package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.preemption.Budget;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.testing.Cloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The account allows ten instances, and ten pods of low priority have them. */
class PreemptionTest {
  private static final PodShape LOW = shape().owner("low").build();
  private static final PodShape MIDDLE =
      shape().owner("middle").priority(50).neverPreempts().build();
  private static final PodShape HIGH = shape().owner("high").priority(100).build();
  private static final String USED_UP =
      "0/3 zones are available: the account's quota of instances (10) is used up";

  private final Cloud cloud = cloud().quota("instances", 10, 0);
  private final Stage stage = Stage.of(cloud);
  private final List<String> low = crowd();

  private List<String> crowd() {
    List<String> uids = stage.create(LOW, 10);
    stage.settle();
    uids.forEach(uid -> stage.feed(stage.placed(uid, true)));
    used("instances", 10);
    return uids;
  }

  @Test
  void quotaUsedUp_theYoungestOfTheLowestGo_andTheHighGetTheirRoom() {
    stage.create(HIGH, 3);
    assertThat(victims()).containsExactlyInAnyOrder(low.get(9), low.get(8), low.get(7));
    assertThat(stage.reports)
        .extracting(SchedulerEffect.Report::message)
        .containsOnly(USED_UP + "; preempting 3 pods of lower priority.");
    assertThat(stage.announced)
        .filteredOn(event -> event.reason().equals("Preempted"))
        .hasSize(3)
        .allSatisfy(
            event ->
                assertThat(event.message())
                    .isEqualTo("Preempted by a pod of priority 100: shop/pod-10"));

    stage.settle();
    used("instances", 7);
    stage.settle();
    assertThat(bound("high")).isEqualTo(3);
    assertThat(stage.preemptions).hasSize(3);
  }

  @Test
  void victimsOnTheirWay_nobodyElseGoesForTheSamePods() {
    stage.create(HIGH, 2);
    assertThat(victims()).hasSize(2);
    stage.feed(stage.terminating(low.get(9)), stage.terminating(low.get(8)));
    stage.advance(Duration.ofSeconds(40));
    used("instances", 10);
    assertThat(stage.preemptions).hasSize(2);

    // Gone, before the cloud shows it.
    stage.delete(low.get(9));
    stage.delete(low.get(8));
    stage.create(HIGH, 1);
    assertThat(stage.preemptions).as("for the third alone").hasSize(3);
  }

  @Test
  void podsThatLeaveAnyhow_areWaitedFor() {
    stage.feed(stage.terminating(low.get(0)), stage.terminating(low.get(1)));
    stage.create(HIGH, 3);
    assertThat(victims()).containsExactly(low.get(9));
  }

  @Test
  void podThatCameLater_doesNotTakeTheRoomThatWasMade() {
    stage.create(HIGH, 2);
    stage.settle();
    stage.create(MIDDLE, 1);
    used("instances", 9);
    stage.settle();
    assertThat(bound("high")).isEqualTo(1);
    assertThat(bound("middle")).isZero();
    used("instances", 8);
    stage.settle();
    assertThat(bound("high")).isEqualTo(2);
    assertThat(bound("middle")).isZero();
  }

  /** Seen by hand: two that preempt nobody had room kept, and two more had to go for that. */
  @Test
  void podsThatNeverPreempt_waitingFirst_haveNobodyGo() {
    var polite = shape().owner("polite").priority(100).neverPreempts().build();
    stage.create(polite, 2);
    stage.create(HIGH, 3);
    for (int used = 9; used >= 7; used--) {
      stage.settle();
      used("instances", used);
    }
    stage.settle();
    assertThat(bound("high")).isEqualTo(3);
    assertThat(bound("polite")).isZero();
    stage.advance(Duration.ofSeconds(20));
    stage.settle();
    assertThat(stage.preemptions).hasSize(3);
  }

  @Test
  void equalPriorities_takeTheirRoomOneAfterTheOther() {
    var next = shape().owner("next").priority(100).build();
    stage.create(HIGH, 2);
    stage.create(next, 2);
    assertThat(victims()).hasSize(4);
    stage.settle();
    used("instances", 8);
    stage.settle();
    assertThat(bound("high")).isEqualTo(2);
    used("instances", 8);
    stage.settle();
    assertThat(bound("next")).as("its own are still on their way").isZero();
  }

  @Test
  void roomThatIsTooSmallYet_isKept() {
    var wide = shape().owner("wide").priority(100).needs(4000, 8192, 0).build();
    cloud.quota("instances", -1, 0);
    cloud.quota("milli-vcpu", 10_000, 10_000);
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.snapshot()));
    stage.create(wide, 1);
    assertThat(victims()).hasSize(4);
    stage.settle();
    cloud.quota("milli-vcpu", 10_000, 8_000);
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.snapshot()));
    String late = stage.create(LOW, 1).getFirst();
    stage.settle();
    assertThat(bound("low")).as("those that are left").isEqualTo(6);
    stage.feed(new SchedulerEvent.Asked(1, stage.pods.get(late).ref(), LOW));
    assertThat(stage.answers.getLast().explanation().now()).contains("quota of milli-vcpu");
    cloud.quota("milli-vcpu", 10_000, 6_000);
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.snapshot()));
    stage.settle();
    assertThat(bound("wide")).isEqualTo(1);
    assertThat(bound("low")).isEqualTo(6);
  }

  @Test
  void preemptorIsDeleted_itsRoomIsForOthers() {
    String high = stage.create(HIGH, 1).getFirst();
    stage.settle();
    stage.create(LOW, 1);
    used("instances", 9);
    stage.settle();
    assertThat(bound("high")).isEqualTo(1);

    stage.delete(high);
    used("instances", 9);
    stage.settle();
    assertThat(bound("low")).isEqualTo(10);
  }

  @Test
  void waitingPreemptorIsDeleted_itsRoomIsForOthers() {
    String high = stage.create(HIGH, 1).getFirst();
    stage.settle();
    stage.create(LOW, 1);
    stage.delete(high);
    used("instances", 9);
    stage.settle();
    assertThat(bound("low")).isEqualTo(10);
  }

  @Test
  void nobodyOfLowerPriority_orAPodThatNeverPreempts_waits() {
    stage.create(LOW, 1);
    stage.create(shape().owner("shy").priority(100).neverPreempts().build(), 1);
    assertThat(stage.preemptions).isEmpty();
    assertThat(stage.reports)
        .extracting(SchedulerEffect.Report::message)
        .containsOnly(USED_UP + ".");
  }

  @Test
  void stockIsGoneToo_nobodyGoes() {
    List.of("h", "i", "j").forEach(zone -> cloud.stock(zone, "1-2Gi", 0));
    used("instances", 10);
    stage.create(HIGH, 1);
    assertThat(stage.preemptions).isEmpty();
  }

  @Test
  void budget_guardsItsPods_untilItAllowsMore() {
    budget(0);
    stage.create(HIGH, 3);
    assertThat(stage.preemptions).isEmpty();
    assertThat(stage.reports)
        .extracting(SchedulerEffect.Report::message)
        .containsOnly(USED_UP + "; pods of lower priority are protected by PodDisruptionBudgets.");
    budget(2);
    assertThat(victims()).containsExactlyInAnyOrder(low.get(9), low.get(8));
    stage.settle();
    budget(1);
    budget(2);
    assertThat(stage.preemptions).as("two of these are spent").hasSize(2);
  }

  @Test
  void budgetsNotKnownYet_nobodyGoes() {
    var early = new Stage();
    cloud.zones("h");
    early.feed(
        new SchedulerEvent.NodeSeen(Cloud.node("h")),
        new SchedulerEvent.PodsListed(),
        new SchedulerEvent.NodesListed(),
        new SchedulerEvent.NamespacesListed(),
        new SchedulerEvent.CatalogChanged(cloud.quota("instances", 1, 0).snapshot()));
    String uid = early.create(LOW, 1).getFirst();
    early.settle();
    early.feed(early.placed(uid, true));
    early.feed(new SchedulerEvent.CatalogChanged(cloud.quota("instances", 1, 1).snapshot()));
    early.create(HIGH, 1);
    assertThat(early.preemptions).isEmpty();
    early.feed(new SchedulerEvent.BudgetsListed());
    assertThat(early.preemptions).hasSize(1);
  }

  @Test
  void preemptionFails_isTriedAgainLater() {
    stage.create(HIGH, 1);
    var failed = stage.preemptions.getFirst();
    stage.unanswered.remove(failed);
    stage.feed(new SchedulerEvent.PreemptAnswered(failed.pod(), false));
    assertThat(stage.preemptions).hasSize(1);
    stage.advance(Duration.ofSeconds(1));
    assertThat(victims()).containsExactly(low.get(9), low.get(9));
  }

  private void used(String quota, long used) {
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.quota(quota, 10, used).snapshot()));
  }

  private void budget(int allowed) {
    stage.feed(
        new SchedulerEvent.BudgetSeen(
            new Budget(
                "shop", "low", LabelMatch.allOf(List.of(LabelRule.is("app", "low"))), allowed)));
  }

  private List<String> victims() {
    return stage.preemptions.stream().map(preempt -> preempt.pod().uid()).toList();
  }

  private long bound(String owner) {
    return stage.pods.values().stream()
        .filter(pod -> pod.shape().crowd().labels().equals(Map.of("app", owner)))
        .filter(pod -> !pod.zone().isEmpty())
        .count();
  }
}
