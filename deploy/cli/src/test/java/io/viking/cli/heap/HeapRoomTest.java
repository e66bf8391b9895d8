package io.viking.cli.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private final HeapRoom room = new HeapRoom(40, 100);

  @Test
  void limit_littleIsAlive_isTheLeastAbove() {
    assertThat(room.limit(0, -1)).isEqualTo(100);
    assertThat(room.limit(200, -1)).isEqualTo(300);
  }

  @Test
  void limit_muchIsAlive_isAPartOfItAbove() {
    assertThat(room.limit(1_000, -1)).isEqualTo(1_400);
  }

  @Test
  void limit_isBelowWhatThereCanBe_orNobodyWouldBeTold() {
    assertThat(room.limit(1_000, 1_200)).isEqualTo(1_020);
  }

  @Test
  void room_ofNothing_isRefused() {
    assertThatThrownBy(() -> new HeapRoom(0, 100)).hasMessageContaining("are 0 and 100");
  }
}
