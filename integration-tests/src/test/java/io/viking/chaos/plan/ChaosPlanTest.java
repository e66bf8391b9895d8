package io.viking.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosPlanTest {
  @Test
  void sameSeed_samePlan() {
    assertThat(ChaosPlan.of(7, Size.CI)).isEqualTo(ChaosPlan.of(7, Size.CI));
    assertThat(ChaosPlan.of(7, Size.CI).text()).isEqualTo(ChaosPlan.of(7, Size.CI).text());
  }

  @Test
  void otherSeed_otherPlan() {
    assertThat(ChaosPlan.of(7, Size.CI).rounds()).isNotEqualTo(ChaosPlan.of(8, Size.CI).rounds());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE})
  void ciRun_meetsEveryKindOfWork_andKillsEveryProcessOnce(long seed) {
    ChaosPlan plan = ChaosPlan.of(seed, Size.CI);

    assertThat(plan.rounds()).extracting(Round::work).containsExactlyInAnyOrder(Work.values());
    assertThat(strikes(plan).filter(strike -> strike instanceof Strike.Kill))
        .hasSize(Size.CI.blows().kills())
        .extracting(strike -> ((Strike.Kill) strike).target())
        .contains(Target.values());
    assertThat(count(plan, Strike.Freeze.class)).isEqualTo(Size.CI.blows().freezes());
    assertThat(count(plan, Strike.Restart.class)).isEqualTo(Size.CI.blows().restarts());
    assertThat(count(plan, Strike.ApiSlow.class)).isEqualTo(Size.CI.blows().slowdowns());
    assertThat(count(plan, Strike.Skew.class)).isEqualTo(Size.CI.blows().skews());
    assertThat(count(plan, Strike.FullDisk.class)).isEqualTo(Size.CI.blows().fullDisks());
    assertThat(count(plan, Strike.CutWires.class)).isEqualTo(Size.CI.blows().cuts());
    assertThat(count(plan, Strike.Rollout.class)).isEqualTo(Size.CI.blows().rollouts());
  }

  @Test
  void ciRun_killsLittle() {
    assertThat(Size.CI.blows().kills()).isLessThanOrEqualTo(25);
  }

  @Test
  void strikes_comeInTheOrderOfProgress() {
    assertThat(ChaosPlan.of(3, Size.LONG).rounds())
        .allSatisfy(
            round -> {
              assertInOrder(round.first());
              assertInOrder(round.second());
            });
  }

  @Test
  void text_namesTheSeed_andHowToReplay() {
    assertThat(ChaosPlan.of(99, Size.CI).text())
        .startsWith("Chaos plan of seed 99: 7 rounds. Replay: -Dviking.chaos.seed=99 ");
  }

  private static void assertInOrder(List<PlannedStrike> strikes) {
    assertThat(strikes).isSortedAccordingTo(Comparator.comparingInt(PlannedStrike::percent));
    assertThat(strikes).allMatch(strike -> strike.percent() >= 0 && strike.percent() < 90);
  }

  private static long count(ChaosPlan plan, Class<? extends Strike> kind) {
    return strikes(plan).filter(kind::isInstance).count();
  }

  private static Stream<Strike> strikes(ChaosPlan plan) {
    return plan.rounds().stream()
        .flatMap(round -> Stream.concat(round.first().stream(), round.second().stream()))
        .map(PlannedStrike::strike);
  }
}
