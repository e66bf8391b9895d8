package io.viking.scheduler.zone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void pending_placed_countsUntilTheFigureDrops() {
    place(3);
    assertThat(tally.pending()).isEqualTo(3);
    tally.dropped(2);
    assertThat(tally.pending()).isEqualTo(1);
  }

  @Test
  void pending_startedAfterItsDrop_countsOnce() {
    place(3);
    tally.dropped(1);
    tally.started(1);
    assertThat(tally.pending()).isEqualTo(2);
  }

  @Test
  void pending_startedWithoutADrop_isGivenUp() {
    place(2);
    tally.started(1);
    tally.started(1);
    assertThat(tally.pending()).isZero();
    assertThat(tally.isEmpty()).isTrue();
  }

  @Test
  void pending_dropsBySomebodyElse_neverCreditMoreThanIsPlaced() {
    place(1);
    tally.dropped(50);
    assertThat(tally.pending()).isZero();
    place(1);
    assertThat(tally.pending()).isEqualTo(1);
  }

  @Test
  void pending_dropThatNobodyClaims_isTakenBackAtTheSecondRecall() {
    place(2);
    tally.recall();
    tally.dropped(1);
    tally.recall();
    assertThat(tally.pending()).isEqualTo(1);
    tally.dropped(1);
    tally.recall();
    assertThat(tally.pending()).as("the later drop is not old yet").isEqualTo(1);
    tally.started(1);
    assertThat(tally.pending()).as("the other one is not shown").isEqualTo(1);
    tally.recall();
    assertThat(tally.pending()).isEqualTo(1);
  }

  @Test
  void pending_startedWithAnOldCredit_isNotTakenBackTwice() {
    place(2);
    tally.dropped(1);
    tally.recall();
    tally.started(1);
    tally.dropped(1);
    tally.recall();
    assertThat(tally.pending()).isZero();
    tally.recall();
    assertThat(tally.pending()).isEqualTo(1);
  }

  @Test
  void pending_undone_keepsTheOthersCredit() {
    place(3);
    tally.dropped(1);
    tally.undone(1);
    assertThat(tally.pending()).isEqualTo(1);
    tally.undone(1);
    assertThat(tally.pending()).isZero();
  }

  @Test
  void pending_amounts_areSums() {
    tally.placed(4000);
    tally.placed(500);
    tally.dropped(4000);
    tally.started(4000);
    assertThat(tally.pending()).isEqualTo(500);
  }

  private void place(int pods) {
    for (int i = 0; i < pods; i++) {
      tally.placed(1);
    }
  }
}
