package io.viking.kube.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CadenceTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(-7 * MILLI);
  private final List<Long> pauses = new ArrayList<>();
  private final Cadence cadence =
      new Cadence(
          now::get,
          nanos -> {
            pauses.add(nanos / MILLI);
            now.addAndGet(nanos);
          });

  @Test
  void await_fewItems_neverWaits() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      round(1);
      now.addAndGet(2 * MILLI);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void await_manyItems_spacesTheRoundsThatFollow() throws InterruptedException {
    round(40);
    now.addAndGet(3 * MILLI);
    round(1);
    assertThat(pauses).containsExactly(7L);
  }

  @Test
  void await_manySmallRounds_spacesThemOnceTheyAreMany() throws InterruptedException {
    for (int round = 0; round < 32; round++) {
      round(1);
    }
    assertThat(pauses).isEmpty();
    round(1);
    assertThat(pauses).containsExactly(10L);
  }

  @Test
  void await_steadyLoad_staysSpacedFromWindowToWindow() throws InterruptedException {
    round(40);
    long begun = now.get();
    for (int round = 0; round < 100; round++) {
      round(8);
    }
    assertThat((now.get() - begun) / MILLI).isEqualTo(1000);
  }

  @Test
  void await_roundsThatTakeLonger_areNotHeldUp() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      round(100);
      now.addAndGet(12 * MILLI);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void await_afterARest_doesNotWait() throws InterruptedException {
    round(1000);
    now.addAndGet(100 * MILLI);
    round(1);
    round(1);
    assertThat(pauses).isEmpty();
  }

  private void round(int items) throws InterruptedException {
    cadence.await();
    cadence.took(items);
  }
}
