package io.viking.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkewedClockTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path directory;

  @Test
  void isAsFarOff_asTheFileSaysNow() throws IOException {
    Path file = directory.resolve("skew");
    var clock = new SkewedClock(() -> TEN, file);
    assertThat(clock.instant()).isEqualTo(TEN);

    Files.writeString(file, "PT5M\n");
    assertThat(clock.instant()).isEqualTo(TEN.plusSeconds(300));
    Files.writeString(file, "-PT90S");
    assertThat(clock.instant()).isEqualTo(TEN.minusSeconds(90));
  }

  @Test
  void aProcessWithoutTheProperty_hasNone() {
    assertThat(SkewedClock.ofThisProcess()).isEmpty();
  }
}
