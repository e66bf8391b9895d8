package io.viking.scheduler.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Departures departures = new Departures();

  @Test
  void begin_twice_countsOnce() {
    departures.begin("a", 1000);
    departures.begin("a", 1000);
    departures.begin("b", 500);
    assertThat(departures.instances(NOW)).isEqualTo(2);
    assertThat(departures.milliVcpu(NOW)).isEqualTo(1500);
  }

  @Test
  void end_countsUntilTheCloudShowsIt() {
    departures.begin("a", 1000);
    departures.end("a", NOW);
    assertThat(departures.contains("a")).isFalse();
    assertThat(departures.instances(NOW.plusSeconds(4))).isEqualTo(1);
    assertThat(departures.instances(NOW.plusSeconds(5))).isZero();
    assertThat(departures.milliVcpu(NOW.plusSeconds(5))).isZero();
  }

  @Test
  void cancelOrUnknown_countsForNothing() {
    departures.begin("a", 1000);
    departures.cancel("a");
    departures.end("b", NOW);
    assertThat(departures.instances(NOW)).isZero();
    assertThat(departures.milliVcpu(NOW)).isZero();
  }
}
