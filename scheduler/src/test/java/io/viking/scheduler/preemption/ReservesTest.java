package io.viking.scheduler.preemption;

import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.PodShape;
import org.junit.jupiter.api.Test;

class ReservesTest {
  private static final PodShape HIGH = shape().owner("high").priority(10).build();
  private static final PodShape SAME = shape().owner("same").priority(10).build();
  private static final PodShape LOW = shape().owner("low").priority(1).build();
  private static final PodShape TOP = shape().owner("top").priority(99).build();

  private final Reserves reserves = new Reserves();

  @Test
  void against_higherOnes_andThoseOfThatPriorityThatCameFirst() {
    reserves.keep(HIGH, 3, 2000, 3);
    reserves.keep(SAME, 1, 1000, 1);
    assertThat(reserves.against(LOW)).isEqualTo(new Reserve(4, 7000));
    assertThat(reserves.against(SAME)).isEqualTo(new Reserve(3, 6000));
    assertThat(reserves.against(HIGH)).as("it came first").isEqualTo(Reserve.NONE);
    assertThat(reserves.against(TOP)).isEqualTo(Reserve.NONE);
  }

  @Test
  void release_thoseWhoHaveTheirRoom() {
    reserves.keep(HIGH, 3, 2000, 3);
    reserves.release(HIGH, 2);
    assertThat(reserves.against(LOW)).isEqualTo(new Reserve(1, 2000));
    reserves.release(HIGH, 5);
    assertThat(reserves.against(LOW)).isEqualTo(Reserve.NONE);
  }

  @Test
  void trim_thoseWhoWaitNoMore() {
    reserves.keep(HIGH, 3, 2000, 3);
    reserves.keep(SAME, 1, 1000, 1);
    reserves.trim(shape -> shape.equals(HIGH) ? 2 : 0);
    assertThat(reserves.against(LOW)).isEqualTo(new Reserve(2, 4000));
  }

  @Test
  void keep_again_replacesTheRoomAndAddsUpTheVictims() {
    assertThat(reserves.keep(HIGH, 3, 2000, 3)).isEqualTo(3);
    assertThat(reserves.keep(HIGH, 2, 4000, 1)).isEqualTo(4);
    assertThat(reserves.against(LOW)).isEqualTo(new Reserve(2, 8000));
  }
}
