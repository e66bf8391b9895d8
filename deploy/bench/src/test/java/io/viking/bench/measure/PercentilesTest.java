package io.viking.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void ofAHundred_areTheNearestRanks() {
    List<Long> values = LongStream.rangeClosed(1, 100).map(i -> (i * 37) % 101).boxed().toList();

    assertThat(Percentiles.ofNanos(values)).isEqualTo(percentiles(50, 90, 99, 100));
  }

  @Test
  void ofFew_areValuesThatOccurred() {
    assertThat(Percentiles.ofNanos(List.of(30L, 10L, 20L))).isEqualTo(percentiles(20, 30, 30, 30));
    assertThat(Percentiles.ofNanos(List.of(7L))).isEqualTo(percentiles(7, 7, 7, 7));
  }

  @Test
  void ofNone_areZero() {
    assertThat(Percentiles.ofNanos(List.of())).isEqualTo(Percentiles.NONE);
  }

  private static Percentiles percentiles(long p50, long p90, long p99, long max) {
    return new Percentiles(
        Duration.ofNanos(p50), Duration.ofNanos(p90), Duration.ofNanos(p99), Duration.ofNanos(max));
  }
}
