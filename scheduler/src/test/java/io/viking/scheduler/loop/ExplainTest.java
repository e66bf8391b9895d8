package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.decision.Review;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Disk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the core answers when it is asked about a pod. */
class ExplainTest {
  private static final String TYPE = "1-2Gi";
  private static final PodShape WEB = shape().build();

  @Test
  void waitingPod_hasTheReasonOfItsCondition() {
    var stage = Stage.of(soldOut());
    String uid = stage.create(WEB, 1).getFirst();

    PodExplanation explanation = ask(stage, uid);

    assertThat(explanation.state()).isEqualTo(PodExplanation.State.WAITING);
    assertThat(explanation.message())
        .isEqualTo("0/3 zones are available: 3 out of stock for 1-2Gi.")
        .isEqualTo(stage.reports.getFirst().message());
    assertThat(explanation.now()).isEqualTo(explanation.message());
    assertThat(explanation.zones())
        .allSatisfy(
            zone ->
                assertThat(zone.checks())
                    .contains(new Review.Check("Stock", "out of stock for 1-2Gi")));
  }

  @Test
  void boundPod_isNotCountedAgainstItself() {
    PodShape alone = shape().awayFrom("web").build();
    var stage = Stage.of(cloud().zones("h"));
    String uid = stage.create(alone, 1).getFirst();
    stage.settle();

    PodExplanation explanation = ask(stage, uid);

    assertThat(explanation.state()).isEqualTo(PodExplanation.State.BOUND);
    assertThat(explanation.zone()).isEqualTo("h");
    assertThat(explanation.zones()).singleElement().returns(1, PodExplanation.Zone::rank);
    assertThat(stage.core.population().residents("h")).isEqualTo(1);
  }

  @Test
  void boundPod_isNotCountedAgainstItselfInAFullQuota() {
    var cloud = cloud().quota("instances", 1, 0).quota("milli-vcpu", 1000, 0);
    var stage = Stage.of(cloud);
    String uid = stage.create(WEB, 1).getFirst();
    stage.settle();
    stage.createInstances();
    stage.feed(
        new SchedulerEvent.CatalogChanged(
            cloud.quota("instances", 1, 1).quota("milli-vcpu", 1000, 1000).snapshot()));

    assertThat(ask(stage, uid).now()).startsWith("to ");
    String waits = stage.create(WEB, 1).getFirst();
    assertThat(ask(stage, waits).now()).contains("quota of instances (1) is used up");
  }

  @Test
  void podThatOthersGoFor_saysSoOfNowToo() {
    var stage = Stage.of(cloud().quota("instances", 1, 0));
    stage.create(WEB, 1);
    stage.settle();
    stage.createInstances();
    String uid = stage.create(shape().owner("high").priority(9).build(), 1).getFirst();

    PodExplanation explanation = ask(stage, uid);

    assertThat(explanation.message()).endsWith("; preempting 1 pod of lower priority.");
    assertThat(explanation.now()).isEqualTo(explanation.message());
  }

  @Test
  void podInTheLineOfBinds_isAssigned() {
    var stage = Stage.of(cloud().price("i", TYPE, 1).price("j", TYPE, 2));
    String uid = stage.create(WEB, 1).getFirst();

    PodExplanation explanation = ask(stage, uid);

    assertThat(explanation.state()).isEqualTo(PodExplanation.State.ASSIGNED);
    assertThat(explanation.zone()).isEqualTo("i");
    assertThat(explanation.now()).isEqualTo("to i, else j, else h, as 1-2Gi");
  }

  @Test
  void gatedPod_saysWhatHoldsIt() {
    var stage = Stage.of(cloud());
    String uid = stage.create(WEB, 1).getFirst();
    stage.delete(uid);
    stage.pods.put(uid, new Stage.ModelPod(ref(uid), WEB, "", ""));
    stage.feed(new SchedulerEvent.PodWaiting(stage.pending(uid, true)));

    assertThat(ask(stage, uid).state()).isEqualTo(PodExplanation.State.GATED);
  }

  @Test
  void podWhoseBindFailed_saysWhenItIsTriedAgain() {
    var stage = Stage.of(cloud());
    String uid = stage.create(WEB, 1).getFirst();
    stage.answerBind(new BindOutcome.Failed("etcd is busy", Optional.empty()));

    PodExplanation explanation = ask(stage, uid);

    assertThat(explanation.state()).isEqualTo(PodExplanation.State.BACKING_OFF);
    assertThat(explanation.message()).endsWith("2026-01-01T00:00:01Z");
  }

  @Test
  void bidBelowThePrice_isNotOutOfStockToo() {
    var stage = Stage.of(cloud().price("h", TYPE, 444_500).zones("h"));
    String uid = stage.create(shape().bid(1, false).build(), 1).getFirst();

    List<Review.Check> checks = ask(stage, uid).zones().getFirst().checks();

    assertThat(checks).filteredOn(check -> !check.reject().isEmpty()).hasSize(1);
    assertThat(checks).contains(new Review.Check("Stock", ""));
  }

  @Test
  void podWhoseClaimWaitsForItsVolume_saysSo() {
    var stage = Stage.of(cloud());
    stage.feed(List.of(new SchedulerEvent.ClassSeen(Disk.WAITS), claim("data")));
    for (var kind : SchedulerEvent.VolumeKind.values()) {
      stage.feed(new SchedulerEvent.VolumesListed(kind));
    }
    String uid = stage.create(shape().claim("data").build(), 1).getFirst();

    PodExplanation explanation = ask(stage, uid);

    assertThat(explanation.state()).isEqualTo(PodExplanation.State.ASSIGNED);
    assertThat(explanation.message()).endsWith("and is bound when its volumes are there");
  }

  @Test
  void podTheCoreHasNotHeardOf_isUnknown() {
    var stage = Stage.of(cloud());

    stage.feed(new SchedulerEvent.Asked(7, ref("new"), WEB));

    assertThat(stage.answers)
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.question()).isEqualTo(7);
              assertThat(answer.explanation().state()).isEqualTo(PodExplanation.State.UNKNOWN);
            });
  }

  @Test
  void beforeListsAndCatalogAreIn_itSaysSo() {
    var stage = new Stage();

    stage.feed(new SchedulerEvent.Asked(1, ref("new"), WEB));

    assertThat(stage.answers.getFirst().explanation().message()).contains("is starting");
  }

  @Test
  void question_inTheStepOfThePod_isAnsweredAfterTheDecision() {
    var stage = Stage.of(soldOut());
    stage.pods.put("uid-x", new Stage.ModelPod(ref("uid-x"), WEB, "", ""));

    stage.feed(List.of(new SchedulerEvent.Asked(1, ref("uid-x"), WEB), stage.waiting("uid-x")));

    assertThat(stage.answers.getFirst().explanation().message()).startsWith("0/3 zones");
  }

  private static SchedulerEvent claim(String name) {
    return new SchedulerEvent.ClaimSeen(Disk.claim(name));
  }

  private static Cloud soldOut() {
    return cloud().stock("h", TYPE, 0).stock("i", TYPE, 0).stock("j", TYPE, 0);
  }

  private static PodExplanation ask(Stage stage, String uid) {
    var pod = stage.pods.get(uid);
    stage.feed(new SchedulerEvent.Asked(1, pod.ref(), pod.shape()));
    return stage.answers.getLast().explanation();
  }

  private static PodRef ref(String uid) {
    return new PodRef("shop", "pod-" + uid, uid);
  }
}
