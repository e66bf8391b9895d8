package io.viking.syncer.pods.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrphanGuardTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "1, 1, false",
    "10, 10, false",
    "11, 11, true",
    "11, 54, true",
    "11, 55, false",
    "200, 1000, false",
    "201, 1000, true",
  })
  void manyAndMoreThanAFifth_areHeld(int suspects, int instances, boolean held) {
    assertThat(new OrphanGuard().holds(suspects, instances)).isEqualTo(held);
  }

  @Test
  void held_staysHeld_untilNoneIsLeft() {
    OrphanGuard guard = new OrphanGuard();
    assertThat(guard.holds(20, 50)).isTrue();
    assertThat(guard.holds(20, 5000)).as("growth does not make them fewer").isTrue();
    assertThat(guard.holds(1, 5000)).isTrue();
    assertThat(guard.holds(0, 5000)).isFalse();
    assertThat(guard.holds(1, 5000)).isFalse();
  }
}
