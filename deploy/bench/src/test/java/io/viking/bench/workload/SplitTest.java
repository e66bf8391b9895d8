package io.viking.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void upToTheLimit_isOnePart() {
    assertThat(Split.evenly(1, 1000)).isEqualTo(List.of(1));
    assertThat(Split.evenly(1000, 1000)).isEqualTo(List.of(1000));
  }

  @Test
  void beyond_isAsFewPartsAsItTakes_ofNearlyOneSize() {
    assertThat(Split.evenly(1001, 1000)).isEqualTo(List.of(501, 500));
    assertThat(Split.evenly(10_000, 3_000)).isEqualTo(List.of(2500, 2500, 2500, 2500));
    assertThat(Split.evenly(7, 3)).isEqualTo(List.of(3, 2, 2));
  }

  @Test
  void nothing_cannotBeSplit() {
    assertThatThrownBy(() -> Split.evenly(0, 1)).hasMessage("cannot split 0 pods by 1");
  }
}
