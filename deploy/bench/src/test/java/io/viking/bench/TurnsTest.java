package io.viking.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Curve;
import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.storm.StormResult;
import io.viking.bench.storm.StormSpec;
import io.viking.bench.workload.Mode;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final int PODS = 100;

  @Test
  void best_isTheFastestUp() {
    assertThat(
            Turns.best(List.of(storm("a", 4, 1), storm("a", 2, 9), storm("a", 3, 1))).up().took())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void best_isNotOneThatLostPods_howeverFast() {
    assertThat(Turns.best(List.of(storm("a", 4, 1), storm("a", 1, 1, "pod-7"))).lost()).isEmpty();
  }

  @Test
  void pods_lostInATurnThatDoesNotCount_areTold() {
    assertThat(Turns.losses(List.of(storm("a", 4, 1), storm("a", 1, 1, "pod-7"))))
        .containsExactly("another storm of a lost 1 pods: pod-7.");
    assertThat(Turns.losses(List.of(storm("a", 4, 1), storm("a", 1, 1)))).isEmpty();
  }

  @Test
  void allTurns_areTold() {
    assertThat(
            Turns.of(
                List.of(
                    List.of(storm("viking", 4, 1), storm("viking", 2, 2)),
                    List.of(storm("other", 5, 5), storm("other", 1, 1, "pod-7")))))
        .contains(
            "Measured in turn, the best counts; pods/s up and down: viking 25 and 100, 50 and 50;"
                + " other 20 and 20, 100 and 100 (lost 1).");
  }

  @Test
  void oneTurn_isNotToldTwice() {
    assertThat(Turns.of(List.of(List.of(storm("viking", 4, 1)), List.of(storm("other", 5, 5)))))
        .isEmpty();
  }

  private static StormResult storm(String subject, int up, int down, String... lost) {
    return new StormResult(
        StormSpec.of(subject, PODS, Mode.BARE, TokenUse.WITHOUT, PodPlacement.by(subject)),
        passage(up),
        Percentiles.NONE,
        Percentiles.NONE,
        passage(down),
        Optional.empty(),
        Optional.empty(),
        List.of(lost));
  }

  private static Passage passage(int seconds) {
    return new Passage(
        PODS,
        Duration.ofSeconds(seconds),
        new Curve(List.of()),
        new Cost(Optional.empty(), List.of()));
  }
}
