package io.viking.scheduler.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pauses of 5, 10, 20 … seconds, 300 at most. */
class CoolDownsTest {
  private static final CoolDowns.Key STOCK = CoolDowns.Key.stock("h", "2-4Gi");
  private static final Cure CURE = new Cure.Stock("h", "2-4Gi");

  private final CoolDowns coolDowns =
      new CoolDowns(
          failures -> Duration.ofSeconds(Math.min(300, 5L << (failures - 1))),
          Duration.ofSeconds(300));
  private final List<CoolDowns.Alarm> alarms = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void noStock_closesThePairAndNothingElse() {
    fail();
    assertThat(coolDowns.allowed(STOCK)).isZero();
    assertThat(coolDowns.allowed(CoolDowns.Key.stock("h", "4-8Gi"))).isEqualTo(Shelf.UNBOUNDED);
    assertThat(coolDowns.allowed(CoolDowns.Key.stock("i", "2-4Gi"))).isEqualTo(Shelf.UNBOUNDED);
    assertThat(coolDowns.allowed(CoolDowns.Key.addresses("h"))).isEqualTo(Shelf.UNBOUNDED);
  }

  @Test
  void pauseIsOver_oneProbeIsLetIn() {
    fail();
    assertThat(pass(4)).isEmpty();
    assertThat(pass(1)).containsExactly(CURE);
    assertThat(coolDowns.allowed(STOCK)).isEqualTo(1);
    assertThat(coolDowns.isTried("h")).isTrue();
    coolDowns.claimed("probe", "h", "2-4Gi");
    assertThat(coolDowns.allowed(STOCK)).isZero();
  }

  @Test
  void probe_created_reopens() {
    letProbeIn();
    assertThat(coolDowns.created("probe", "h", "2-4Gi", false)).containsExactly(CURE);
    assertThat(coolDowns.allowed(STOCK)).isEqualTo(Shelf.UNBOUNDED);
    fail();
    assertThat(pass(5)).as("the failures before are forgotten").containsExactly(CURE);
  }

  @Test
  void probe_fails_closesForTwiceAsLong() {
    letProbeIn();
    fail();
    assertThat(pass(9)).isEmpty();
    assertThat(pass(1)).containsExactly(CURE);
    fail();
    assertThat(pass(19)).isEmpty();
    assertThat(pass(1)).containsExactly(CURE);
  }

  @Test
  void probe_goesAway_theNextIsLetIn() {
    letProbeIn();
    assertThat(coolDowns.gone("another")).isEmpty();
    assertThat(coolDowns.gone("probe")).containsExactly(CURE);
    assertThat(coolDowns.allowed(STOCK)).isEqualTo(1);
  }

  @Test
  void probe_neverAnswers_theNextIsLetInAfterTheLongestPause() {
    letProbeIn();
    assertThat(pass(299)).isEmpty();
    assertThat(pass(1)).containsExactly(CURE);
    assertThat(coolDowns.allowed(STOCK)).isEqualTo(1);
  }

  @Test
  void tried_nobodyTries_isForgottenAfterTheLongestPause() {
    fail();
    pass(5);
    pass(300);
    assertThat(coolDowns.allowed(STOCK)).isEqualTo(Shelf.UNBOUNDED);
  }

  @Test
  void failures_whileClosed_areThoseOfPodsOnTheirWay() {
    fail();
    pass(3);
    for (int i = 0; i < 100; i++) {
      fail();
    }
    assertThat(pass(2)).containsExactly(CURE);
  }

  @Test
  void created_bound_beforeTheFailure_saysNothing() {
    fail();
    assertThat(coolDowns.created("old", "h", "2-4Gi", false)).isEmpty();
    assertThat(coolDowns.allowed(STOCK)).isZero();
  }

  @Test
  void created_refusedBefore_reopensEvenWhileClosed() {
    fail();
    assertThat(coolDowns.created("old", "h", "2-4Gi", true)).containsExactly(CURE);
    assertThat(coolDowns.allowed(STOCK)).isEqualTo(Shelf.UNBOUNDED);
  }

  @Test
  void better_endsThePauseAndKeepsCount() {
    fail();
    coolDowns.better(STOCK);
    assertThat(coolDowns.allowed(STOCK)).isEqualTo(1);
    fail();
    assertThat(pass(9)).as("the old alarm is out of date").isEmpty();
    assertThat(pass(1)).containsExactly(CURE);
  }

  @Test
  void noAddress_closesTheZoneForAllTypes() {
    coolDowns.noAddress("h");
    drain();
    assertThat(coolDowns.allowed(CoolDowns.Key.addresses("h"))).isZero();
    assertThat(pass(5)).containsExactly(new Cure.Addresses("h"));
    coolDowns.claimed("probe", "h", "4-8Gi");
    assertThat(coolDowns.created("probe", "h", "4-8Gi", false))
        .containsExactly(new Cure.Addresses("h"));
  }

  @Test
  void bidTooLow_closesForBidsThatAreNotHigher() {
    coolDowns.bidTooLow("h", "2-4Gi", 100);
    drain();
    var key = CoolDowns.Key.bid("h", "2-4Gi");
    assertThat(coolDowns.allowed(key, 100)).isZero();
    assertThat(coolDowns.allowed(key, 101)).isEqualTo(Shelf.UNBOUNDED);
    assertThat(pass(5)).containsExactly(new Cure.SpotPrice("h", "2-4Gi"));
  }

  private void letProbeIn() {
    fail();
    pass(5);
    coolDowns.claimed("probe", "h", "2-4Gi");
    drain();
  }

  private void fail() {
    coolDowns.at(now);
    coolDowns.noStock("h", "2-4Gi");
    drain();
  }

  private void drain() {
    alarms.addAll(coolDowns.drainAlarms());
  }

  /** Lets time pass and rings what is due. */
  private Set<Cure> pass(int seconds) {
    drain();
    now = now.plusSeconds(seconds);
    coolDowns.at(now);
    var cures = new HashSet<Cure>();
    var due = alarms.stream().filter(alarm -> !alarm.at().isAfter(now)).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> cures.addAll(coolDowns.ring(alarm)));
    drain();
    return cures;
  }
}
