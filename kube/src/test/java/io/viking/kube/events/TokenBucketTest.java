package io.viking.kube.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final TokenBucket bucket = new TokenBucket(10, 3);

  @Test
  void take_burstIsFree_thenOneEachTenth() {
    assertThat(bucket.take(T)).isZero();
    assertThat(bucket.take(T)).isZero();
    assertThat(bucket.take(T)).isZero();
    assertThat(bucket.take(T)).isEqualTo(Duration.ofMillis(100));
    assertThat(bucket.take(T)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void take_afterAPause_hasTheBurstAgainAndNoMore() {
    bucket.take(T);
    Instant later = T.plusSeconds(3_600);
    assertThat(bucket.take(later)).isZero();
    assertThat(bucket.take(later)).isZero();
    assertThat(bucket.take(later)).isZero();
    assertThat(bucket.take(later)).isEqualTo(Duration.ofMillis(100));
  }
}
