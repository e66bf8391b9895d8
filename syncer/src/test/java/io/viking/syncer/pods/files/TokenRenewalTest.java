package io.viking.syncer.pods.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenRenewalTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void after_isBetween70And80PercentOfLife_andAtMostADay() {
    assertThat(delays(uid -> TokenRenewal.after(NOW, Duration.ofSeconds(600), uid)))
        .allSatisfy(d -> assertThat(d).isBetween(Duration.ofSeconds(420), Duration.ofSeconds(480)));
    assertThat(delays(uid -> TokenRenewal.after(NOW, Duration.ofDays(365), uid)))
        .allSatisfy(d -> assertThat(d).isBetween(Duration.ofHours(21), Duration.ofHours(24)));
  }

  @Test
  void after_podsThatCameTogether_areSpreadEvenly() {
    assertEven(delays(uid -> TokenRenewal.after(NOW, Duration.ofSeconds(3607), uid)));
  }

  @Test
  void afterRestart_oldInstances_areSpreadOverATenthOfLife() {
    Optional<Instant> old = Optional.of(NOW.minus(Duration.ofDays(3)));
    List<Duration> delays =
        delays(uid -> TokenRenewal.afterRestart(NOW, old, Duration.ofSeconds(3607), uid));

    assertThat(delays)
        .allSatisfy(d -> assertThat(d).isBetween(Duration.ZERO, Duration.ofSeconds(361)));
    assertEven(delays);
  }

  @Test
  void afterRestart_youngInstance_keepsItsFirstTokens() {
    Instant created = NOW.minusSeconds(60);

    assertThat(
            TokenRenewal.afterRestart(NOW, Optional.of(created), Duration.ofSeconds(3600), "uid"))
        .isEqualTo(TokenRenewal.after(created, Duration.ofSeconds(3600), "uid"));
  }

  /** No tenth of the span gets more than three times its share of ten thousand. */
  private static void assertEven(List<Duration> delays) {
    long first = delays.stream().mapToLong(Duration::toMillis).min().orElseThrow();
    long last = delays.stream().mapToLong(Duration::toMillis).max().orElseThrow();
    int[] tenths = new int[10];
    delays.forEach(d -> tenths[(int) Math.min(9, 10 * (d.toMillis() - first) / (last - first))]++);
    assertThat(IntStream.of(tenths).max().orElseThrow()).isLessThan(3 * delays.size() / 10);
  }

  private interface At {
    Instant of(String uid);
  }

  private static List<Duration> delays(At at) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "5f0c7c1e-8f1b-4d7e-9b7c-%012x".formatted(i * 7919L))
        .map(uid -> Duration.between(NOW, at.of(uid)))
        .toList();
  }
}
