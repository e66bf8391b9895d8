package io.viking.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

  private Instant machine = TEN;
  private long nanos = 7;
  private final SteadyClock clock = new SteadyClock(() -> machine, () -> nanos);

  @Test
  void undisturbed_isTheMachines() {
    pass(Duration.ofSeconds(10));

    assertThat(clock.instant()).isEqualTo(machine);
  }

  @Test
  void setForward_followsAtOnce() {
    machine = machine.plusSeconds(300);

    assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(300));
  }

  @Test
  void setBack_goesOnAtHalfItsPace_untilTheMachinesHasCaughtUp() {
    machine = machine.minusSeconds(10);
    assertThat(clock.instant()).isEqualTo(TEN);

    pass(Duration.ofSeconds(4));
    assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(2));
    pass(Duration.ofSeconds(15));
    assertThat(clock.instant()).isEqualTo(TEN.plusMillis(9_500));
    pass(Duration.ofSeconds(5));

    assertThat(clock.instant()).isEqualTo(machine).isEqualTo(TEN.plusSeconds(14));
  }

  @Test
  void otherZone_isTheSameTime() {
    machine = machine.minusSeconds(10);

    assertThat(clock.withZone(ZoneId.of("Asia/Shanghai")).instant()).isEqualTo(TEN);
  }

  private void pass(Duration time) {
    machine = machine.plus(time);
    nanos += time.toNanos();
  }
}
