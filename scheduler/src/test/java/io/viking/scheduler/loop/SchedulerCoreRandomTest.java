package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.Refusal;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.testing.Cloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pods come and go, binds fail, are lost after they worked, or answered late; the catalog moves;
 * the cache tells things twice. Whatever the seed: no pod is bound twice, counts are those of the
 * pods, and in the end everybody who fits has a zone.
 */
class SchedulerCoreRandomTest {
  private static final String TYPE = "1-2Gi";
  private static final PodScope EVERYBODY =
      new PodScope(Set.of(), LabelMatch.EVERYTHING, LabelMatch.EVERYTHING);
  private static final List<String> ZONES = List.of("h", "i", "j");
  private static final List<PodShape> SHAPES =
      List.of(
          shape().build(),
          shape().owner("db").priority(10).build(),
          shape().owner("strict").spread(1, "strict").build(),
          shape().owner("picky").selector("topology.kubernetes.io/zone", "i").build(),
          shape().owner("together").near("together").build());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anySeed_countsStayTrueAndEverybodyIsPlaced(long seed) {
    new Run(seed).play();
  }

  private static final class Run {
    private final Random random;
    private final Cloud cloud = cloud();
    private final Stage stage;

    Run(long seed) {
      random = new Random(seed);
      stage = Stage.of(cloud);
    }

    void play() {
      for (int i = 0; i < 400; i++) {
        act();
        if (i % 20 == 0) {
          check();
        }
      }
      ZONES.forEach(zone -> cloud.stock(zone, TYPE, -1).reopen(zone));
      cloud.quota("instances", -1, 0);
      stage.feed(new SchedulerEvent.CatalogChanged(cloud.snapshot()));
      for (int i = 0; i < 10; i++) {
        stage.settle();
        startAll();
        stage.advance(Duration.ofMinutes(5));
      }
      // A strict spread goes on by what is created, pod by pod.
      for (int i = stage.pods.size(); i > 0 && stage.zones().containsKey(""); i--) {
        stage.createInstances();
        stage.settle();
      }
      check();
      assertThat(stage.zones()).doesNotContainKey("");
      assertThat(stage.pending).isEqualTo(PendingCounts.NONE);
    }

    private void act() {
      switch (random.nextInt(13)) {
        case 0, 1 -> stage.create(SHAPES.get(random.nextInt(SHAPES.size())), random.nextInt(30));
        case 2 -> anyPod().ifPresent(stage::delete);
        case 3 -> moveCatalog();
        case 4 -> failBind();
        case 5 -> loseAnswer();
        case 6 -> anyPod().ifPresent(this::tellAgain);
        case 8 -> anyPod().ifPresent(this::refuse);
        case 7 -> stage.advance(Duration.ofMillis(random.nextInt(5_000)));
        default -> answerSome();
      }
    }

    private void moveCatalog() {
      String zone = ZONES.get(random.nextInt(3));
      cloud.stock(zone, TYPE, random.nextInt(4) == 0 ? -1 : random.nextInt(40));
      if (random.nextInt(4) == 0) {
        cloud.quota("instances", random.nextInt(400) - 1, random.nextInt(40));
      }
      if (random.nextInt(4) == 0) {
        cloud.closed(zone);
      } else {
        cloud.reopen(zone);
      }
      stage.feed(new SchedulerEvent.CatalogChanged(cloud.snapshot()));
    }

    private void answerSome() {
      for (int i = random.nextInt(20); i > 0 && !stage.unanswered.isEmpty(); i--) {
        stage.answer();
      }
    }

    private void failBind() {
      if (stage.unanswered.peek() instanceof SchedulerEffect.Bind) {
        stage.answerBind(new BindOutcome.Failed("no answer", Optional.empty()));
      }
    }

    /** It worked, but the answer says that it did not; the cache shows it later, or at once. */
    private void loseAnswer() {
      if (stage.unanswered.peek() instanceof SchedulerEffect.Bind bind) {
        String uid = bind.pod().uid();
        var pod = stage.pods.get(uid);
        if (pod != null && pod.zone().isEmpty()) {
          stage.pods.put(
              uid, new Stage.ModelPod(pod.ref(), pod.shape(), bind.zone(), pod.condition()));
        }
        stage.answerBind(new BindOutcome.Failed("no answer", Optional.empty()));
        if (stage.pods.containsKey(uid)) {
          stage.feed(stage.placed(uid, random.nextBoolean()));
        }
      }
    }

    private void tellAgain(String uid) {
      boolean bound = !stage.pods.get(uid).zone().isEmpty();
      stage.feed(bound ? stage.placed(uid, random.nextBoolean()) : stage.waiting(uid));
    }

    private void refuse(String uid) {
      if (!stage.pods.get(uid).zone().isEmpty()) {
        var refusals = Refusal.values();
        stage.feed(stage.refused(uid, refusals[random.nextInt(refusals.length)]));
      }
    }

    /** Every bound pod gets its instance, and what was refused is tried. */
    private void startAll() {
      stage.pods.forEach(
          (uid, pod) -> {
            if (!pod.zone().isEmpty()) {
              stage.feed(stage.placed(uid, true));
            }
          });
    }

    private Optional<String> anyPod() {
      var uids = new ArrayList<>(stage.pods.keySet());
      return uids.isEmpty() ? Optional.empty() : Optional.of(uids.get(random.nextInt(uids.size())));
    }

    private void check() {
      nobodyIsWrittenToTwiceAtOnce();
      everyBoundPodCountsInItsZone();
      nobodyElseCountsWithoutAClaim();
      allPodsAreSomewhere();
    }

    private void nobodyIsWrittenToTwiceAtOnce() {
      var seen = new HashSet<String>();
      assertThat(stage.unanswered)
          .filteredOn(effect -> !(effect instanceof SchedulerEffect.Preempt))
          .allSatisfy(effect -> assertThat(seen.add(effect.pod().uid())).isTrue());
    }

    private void everyBoundPodCountsInItsZone() {
      Map<String, Integer> byZone = new TreeMap<>();
      for (var pod : stage.pods.values()) {
        if (!pod.zone().isEmpty()) {
          assertThat(stage.core.population().find(pod.ref().uid()))
              .hasValueSatisfying(spot -> assertThat(spot.zone()).isEqualTo(pod.zone()));
          byZone.merge(pod.zone(), 1, Integer::sum);
        }
      }
      var counted = stage.core.population().count(EVERYBODY);
      byZone.forEach((zone, pods) -> assertThat(counted.count(zone)).isGreaterThanOrEqualTo(pods));
      assertThat(counted).hasSize(stage.core.population().size());
    }

    /** Whoever counts without being bound is assumed, and has claimed what it takes. */
    private void nobodyElseCountsWithoutAClaim() {
      for (var pod : stage.pods.values()) {
        String uid = pod.ref().uid();
        if (pod.zone().isEmpty()) {
          assertThat(stage.core.inventory().claims().containsKey(uid))
              .isEqualTo(stage.core.population().find(uid).isPresent());
        }
      }
      assertThat(stage.pods.keySet()).containsAll(stage.core.inventory().claims().keySet());
      assertThat(stage.core.population().size()).isLessThanOrEqualTo(stage.pods.size());
    }

    private void allPodsAreSomewhere() {
      PendingCounts counts = stage.pending;
      int queued = counts.active() + counts.backoff() + counts.unschedulable() + counts.gated();
      assertThat(queued).isEqualTo(stage.zones().getOrDefault("", 0));
    }
  }
}
