package io.viking.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
  @ParameterizedTest
  @CsvSource({
    "500, 6, 100, 500",
    "501, 6, 100, 600",
    "10000, 6, 2000, 10000",
    "3000, 6, 500, 3000",
    "19.4, 6, 5, 20",
    "0.1, 6, 0.02, 0.1",
    "1, 6, 0.2, 1",
    "7.3, 6, 2, 8"
  })
  void steps_areRound_andReachTheMost(double max, int most, double step, double last) {
    List<Double> ticks = Ticks.upTo(max, most);

    assertThat(ticks.getFirst()).isZero();
    assertThat(ticks.get(1)).isCloseTo(step, within());
    assertThat(ticks.getLast()).isCloseTo(last, within());
    assertThat(ticks).hasSizeLessThanOrEqualTo(most + 1);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }
}
