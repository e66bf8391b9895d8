package io.viking.adapter.sim.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
  private final Room whole = Room.of(100);

  @Test
  void whatIsTaken_isNotThereForOthers() {
    Room one = whole.part(80);
    Room other = whole.part(80);

    assertThat(one.take(60)).isTrue();
    assertThat(other.take(41)).isFalse();
    assertThat(other.take(40)).isTrue();
  }

  @Test
  void part_holdsNoMoreThanItsOwnLimit_andTakesNothingOfTheWholeThen() {
    Room part = whole.part(10);

    assertThat(part.take(11)).isFalse();
    assertThat(whole.take(100)).isTrue();
  }

  @Test
  void whatIsGivenBack_canBeTakenAgain() {
    Room part = whole.part(100);
    part.take(100);

    assertThat(part.take(-30)).isTrue();
    assertThat(whole.take(30)).isTrue();
    assertThat(whole.take(1)).isFalse();
  }

  @Test
  void closed_givesBackAllOnce_andTakesNoMore() {
    Room part = whole.part(100);
    part.take(100);

    part.close();
    part.close();

    assertThat(part.take(1)).as("writing after the end").isFalse();
    assertThat(part.take(-100)).as("removing after the end").isFalse();
    assertThat(whole.take(101)).as("given back once").isFalse();
    assertThat(whole.take(100)).isTrue();
  }

  @Test
  void closedPart_ofAPart_givesBackToBoth() {
    Room instance = whole.part(100);
    Room container = instance.part(Long.MAX_VALUE);
    container.take(100);

    container.close();

    assertThat(instance.take(100)).isTrue();
  }
}
