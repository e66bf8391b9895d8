package io.viking.cli.bench.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.viking.cli.CommandFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementBenchTest {
  @Test
  void sameSeed_sameResult() {
    Trace day = PlacementBench.day(3);

    assertThat(PlacementBench.day(3)).isEqualTo(day);
    var night = new Trace(day.lines().stream().filter(line -> line.second() < 10_000).toList());
    assertThat(PlacementBench.run(night, 3)).isEqualTo(PlacementBench.run(night, 3));
    assertThat(PlacementBench.day(4)).isNotEqualTo(day);
  }

  @Test
  void day_policiesDoWhatTheyPromise() {
    PlacementReport report = PlacementBench.run(PlacementBench.day(1), 1);
    Outcome spread = outcome(report, "spread");
    Outcome cheapest = outcome(report, "cheapest");
    Outcome random = outcome(report, "random");

    assertThat(cheapest.money()).isLessThan(spread.money()).isLessThan(random.money());
    assertThat(spread.meanShare()).isLessThan(cheapest.meanShare()).isLessThan(random.meanShare());
    assertThat(report.text()).contains("PLACEMENT", "round-robin");
    assertThat(report.json()).contains("\"rival\": \"cheapest\"");
  }

  @Test
  void onePodForAnHour_costsItsPriceInEveryZoneThatARivalTakes() {
    Trace trace = TraceFile.of("t", List.of("0,web,+3,1,2,no", "3600,web,-3,1,2,no"));
    PlacementReport report = PlacementBench.run(trace, 1);

    assertThat(report.outcomes())
        .allSatisfy(
            outcome -> {
              assertThat(outcome.podSeconds()).isEqualTo(3 * 3600);
              // 1 vCPU and 2 GiB, in zones that ask from 0.92 to 1.08 of the list price.
              assertThat(outcome.money()).isBetween(608_000_000L, 715_000_000L);
              assertThat(outcome.waited()).isZero();
            });
    assertThat(outcome(report, "spread").meanShare()).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(outcome(report, "cheapest").meanShare()).isCloseTo(2.0 / 3, within(1e-9));
  }

  @Test
  void morePodsThanThereIsStock_waitAndAreRefusedWhenTheyGo() {
    Trace trace = TraceFile.of("t", List.of("0,big,+9000,1,2,no", "600,big,-9000,1,2,no"));

    assertThat(PlacementBench.run(trace, 1).outcomes())
        .allSatisfy(
            outcome -> {
              assertThat(outcome.waited()).isPositive();
              assertThat(outcome.waitedSeconds()).isPositive();
              assertThat(outcome.refused()).isBetween(7_800, 9_000);
            });
  }

  @Test
  void sizeThatIsNotSold_isRefusedByName() {
    Trace trace = TraceFile.of("t", List.of("0,odd,+1,5,7,no"));

    assertThatThrownBy(() -> PlacementBench.run(trace, 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(
            "--trace: workload odd: 0/3 zones are available: the pod asks for 5 vCPU");
  }

  private static Outcome outcome(PlacementReport report, String rival) {
    return report.outcomes().stream()
        .filter(outcome -> outcome.rival().equals(rival))
        .findFirst()
        .orElseThrow();
  }
}
