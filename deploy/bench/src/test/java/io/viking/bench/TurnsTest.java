package io.viking.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.bench.floor.FloorResult;
import io.viking.bench.floor.FloorRun;
import io.viking.bench.floor.FloorSpec;
import io.viking.bench.measure.Cost;
import io.viking.bench.measure.Curve;
import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.report.Round;
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
    assertThat(turns(List.of(storm("a", 4, 1), storm("a", 1, 1, "pod-7"))).losses())
        .containsExactly("another storm of a lost 1 pods: pod-7.");
    assertThat(turns(List.of(storm("a", 4, 1), storm("a", 1, 1))).losses()).isEmpty();
  }

  @Test
  void allTurns_areTold_theFloorsToo() {
    assertThat(
            turns(
                    List.of(storm("viking", 4, 1), storm("viking", 2, 2)),
                    List.of(storm("other", 5, 5), storm("other", 1, 1, "pod-7")))
                .notes())
        .startsWith(
            "In turn, without token, pods/s up and down: viking 25 and 100, 50 and 50;"
                + " other 20 and 20, 100 and 100 (lost 1);"
                + " floor, 8 wide 100 and 50, 50 and 50; floor, 16 wide 50 and 100, 50 and 100.");
  }

  @Test
  void mean_isOfAllTurns_byThatOfTheWidthWhereTheFloorsIsLargest() {
    assertThat(
            turns(
                    List.of(storm("viking", 4, 1), storm("viking", 2, 2)),
                    List.of(storm("other", 5, 5), storm("other", 1, 1)))
                .notes())
        // 37.5 ÷ 75 and 75 ÷ 100, 60 ÷ 75 and 60 ÷ 100
        .endsWith(
            "By the mean of the turns, without token, ÷ the floor's up and down: viking 0.50 and 0.75;"
                + " other 0.80 and 0.60.");
  }

  @Test
  void round_hasTheBestStorms_andTheFloorOfAllTurns() {
    Round round =
        turns(
                List.of(storm("viking", 4, 1), storm("viking", 2, 2)),
                List.of(storm("other", 5, 5), storm("other", 10, 1)))
            .round();

    assertThat(round.storms()).containsExactly(storm("viking", 2, 2), storm("other", 5, 5));
    assertThat(round.floor().runs()).extracting(FloorRun::width).containsExactly(8, 16, 8, 16);
    assertThat(round.floor().notPaused()).contains("the second time nobody answered");
  }

  @Test
  void oneTurn_isNotToldTwice() {
    assertThat(turns(List.of(storm("viking", 4, 1)), List.of(storm("other", 5, 5))).notes())
        .isEmpty();
  }

  @SafeVarargs
  private static Turns turns(List<StormResult>... subjects) {
    return new Turns(
        TokenUse.WITHOUT,
        List.of(subjects),
        List.of(
                floor(Optional.empty(), floorRun(8, 1, 2), floorRun(16, 2, 1)),
                floor(
                    Optional.of("the second time nobody answered"),
                    floorRun(8, 2, 2),
                    floorRun(16, 2, 1)))
            .subList(0, subjects[0].size()));
  }

  private static FloorResult floor(Optional<String> notPaused, FloorRun... runs) {
    return new FloorResult(
        new FloorSpec(PODS, TokenUse.WITHOUT, List.of(8, 16), 0),
        List.of(runs),
        Optional.empty(),
        0,
        notPaused);
  }

  private static FloorRun floorRun(int width, int up, int down) {
    return new FloorRun(width, passage(up), Percentiles.NONE, passage(down), 0);
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
