package io.viking.kube.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final TimerQueue<String> timers = new TimerQueue<>();

  @Test
  void takeDue_givesByTimeThenAge_andLeavesTheRest() {
    add(3, "late");
    add(1, "first");
    add(2, "second");
    add(1, "first, younger");

    assertThat(timers.takeDue(T.plusSeconds(2)))
        .containsExactly("first", "first, younger", "second");
    assertThat(timers.size()).isEqualTo(1);
    assertThat(timers.next()).contains(T.plusSeconds(3));
  }

  @Test
  void takeDue_nothingDue_givesNothing() {
    add(1, "later");
    assertThat(timers.takeDue(T)).isEmpty();
  }

  @Test
  void next_empty_isEmpty() {
    assertThat(timers.next()).isEmpty();
  }

  private void add(long seconds, String event) {
    timers.add(new Step.Timer<>(T.plusSeconds(seconds), event));
  }
}
