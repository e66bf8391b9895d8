package io.viking.bench.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockHolderTest {
  private static final LockHolder US = new LockHolder("here", ProcessHandle.current().pid());

  /** Beyond what any system gives out. */
  private static final String NO_PROCESS = "999999999";

  @Test
  void processOfThisMachine_thatIsNoMore_isDead() {
    assertThat(US.isDead("here/" + NO_PROCESS)).isTrue();
  }

  @Test
  void processThatLives_orOfAnotherMachine_orThatIsNone_isNotKnownToBeDead() {
    assertThat(US.isDead(US.text())).isFalse();
    assertThat(US.isDead("there/" + NO_PROCESS)).isFalse();
    assertThat(US.isDead("here/x")).isFalse();
    assertThat(US.isDead("")).isFalse();
  }
}
