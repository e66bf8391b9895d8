package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.PodShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Further pods of a workload wait until the cloud has made those before them. */
class StrictSpreadTest {
  private static final String TYPE = "1-2Gi";
  private static final PodShape STRICT = shape().spread(1, "web").build();

  @Test
  void workload_goesOutInWaves_eachWhenTheLastIsCreated() {
    var stage = Stage.of(cloud());
    stage.create(STRICT, 7);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 4, "h", 1, "i", 1, "j", 1));

    stage.createInstances();
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 1, "h", 2, "i", 2, "j", 2));

    stage.createInstances();
    stage.settle();
    assertThat(stage.zones()).doesNotContainKey("");
  }

  @Test
  void oneOfThreeCreated_movesNobody_theLastOneDoes() {
    var stage = Stage.of(cloud());
    List<String> uids = stage.create(STRICT, 6);
    stage.settle();
    stage.feed(stage.placed(uids.get(0), true));
    stage.feed(stage.placed(uids.get(1), true));
    stage.settle();
    assertThat(stage.zones()).containsEntry("", 3);

    stage.feed(stage.placed(uids.get(2), true));
    stage.settle();
    assertThat(stage.zones()).doesNotContainKey("");
  }

  @Test
  void largerSkew_letsThatManyGoAhead() {
    var stage = Stage.of(cloud());
    stage.create(shape().spread(3, "web").build(), 20);
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 11, "h", 3, "i", 3, "j", 3));
  }

  @Test
  void wavesThatFollowSoon_areNotReported() {
    var stage = Stage.of(cloud());
    stage.create(STRICT, 30);
    while (stage.zones().containsKey("")) {
      stage.settle();
      stage.advance(Duration.ofMillis(300));
      stage.createInstances();
    }
    assertThat(stage.reports).isEmpty();
    assertThat(stage.announced).allSatisfy(event -> assertThat(event.warning()).isFalse());
  }

  @Test
  void waveThatDoesNotFollow_isToldToAllWhoWait_once() {
    var stage = Stage.of(cloud());
    stage.create(STRICT, 30);
    stage.settle();
    assertThat(stage.reports).isEmpty();

    stage.advance(Duration.ofSeconds(4));
    stage.settle();
    assertThat(stage.reports)
        .hasSize(27)
        .allSatisfy(
            report ->
                assertThat(report.message())
                    .isEqualTo(
                        "0/3 zones are available: 3 waiting until the pods placed before it are"
                            + " created (maxSkew 1 on topology.kubernetes.io/zone)."));
    while (stage.zones().containsKey("")) {
      stage.createInstances();
      stage.advance(Duration.ofSeconds(4));
      stage.settle();
    }
    assertThat(stage.reports).hasSize(27);
  }

  @Test
  void zoneOutOfStock_holdsTheRest_untilItHasStockAgain() {
    var cloud = cloud();
    var stage = Stage.of(cloud);
    stage.create(STRICT, 3);
    stage.settle();
    stage.createInstances();
    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("h", TYPE, 0).snapshot()));
    stage.create(STRICT, 6);
    stage.settle();
    stage.createInstances();
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of("", 4, "h", 1, "i", 2, "j", 2));

    stage.feed(new SchedulerEvent.CatalogChanged(cloud.stock("h", TYPE, -1).snapshot()));
    while (stage.zones().containsKey("")) {
      stage.settle();
      stage.createInstances();
    }
    assertThat(stage.zones()).isEqualTo(Map.of("h", 3, "i", 3, "j", 3));
  }

  @Test
  void podThatIsNeverCreated_andIsDeleted_holdsNobodyAnyMore() {
    var stage = Stage.of(cloud());
    List<String> uids = stage.create(STRICT, 9);
    stage.settle();
    stage.feed(stage.placed(uids.get(0), true), stage.placed(uids.get(1), true));
    stage.settle();
    assertThat(stage.zones()).containsEntry("", 6);

    stage.delete(uids.get(2));
    stage.settle();
    assertThat(stage.zones()).containsEntry("", 5);
  }

  @Test
  void restart_readsWhatIsCreatedOffThePods() {
    var cloud = cloud();
    var before = Stage.of(cloud);
    List<String> uids = before.create(STRICT, 9);
    before.settle();
    var after = new Stage();
    after.pods.putAll(before.pods);
    for (String uid : uids) {
      boolean bound = !after.pods.get(uid).zone().isEmpty();
      after.feed(bound ? after.placed(uid, true) : after.waiting(uid));
    }
    after.open(cloud);
    after.settle();
    assertThat(after.zones()).isEqualTo(Map.of("", 3, "h", 2, "i", 2, "j", 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void createdInAnyOrder_neverDifferByMoreThanMaxSkew(long seed) {
    var random = new Random(seed);
    int skew = 1 + random.nextInt(3);
    var stage = Stage.of(cloud());
    stage.create(shape().spread(skew, "web").build(), 40);
    var created = new TreeMap<>(Map.of("h", 0, "i", 0, "j", 0));
    var left = new ArrayList<>(stage.pods.keySet());
    while (!left.isEmpty()) {
      stage.settle();
      Collections.shuffle(left, random);
      String uid =
          left.stream()
              .filter(pod -> !stage.pods.get(pod).zone().isEmpty())
              .findFirst()
              .orElseThrow(() -> new AssertionError("all wait: " + stage.zones()));
      left.remove(uid);
      created.merge(stage.pods.get(uid).zone(), 1, Integer::sum);
      stage.feed(stage.placed(uid, true));
      assertThat(Collections.max(created.values()) - Collections.min(created.values()))
          .as("%s", created)
          .isLessThanOrEqualTo(skew);
    }
  }
}
