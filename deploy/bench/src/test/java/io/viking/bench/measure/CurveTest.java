package io.viking.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.bench.measure.Curve.Point;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void ofFew_hasEachOfThem_inOrder() {
    Curve curve = Curve.of(List.of(8 * SECOND, 6 * SECOND, 7 * SECOND), 5 * SECOND);

    assertThat(curve.points())
        .containsExactly(new Point(0, 0), new Point(1, 1), new Point(2, 2), new Point(3, 3));
  }

  @Test
  void ofMany_isThinned_andKeepsItsEnds() {
    List<Long> times = LongStream.rangeClosed(1, 10_000).map(i -> i * SECOND).boxed().toList();

    Curve curve = Curve.of(times, 0);

    assertThat(curve.points()).hasSizeBetween(200, 245);
    assertThat(curve.points().getFirst()).isEqualTo(new Point(0, 0));
    assertThat(curve.points().getLast()).isEqualTo(new Point(10_000, 10_000));
    assertThat(curve.points()).allSatisfy(p -> assertThat(p.seconds()).isEqualTo(p.count()));
  }

  @Test
  void ofNone_isItsBeginning() {
    assertThat(Curve.of(List.of(), 3).points()).containsExactly(new Point(0, 0));
  }
}
