package io.viking.syncer.kubelet.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageLedgerTest {
  private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");
  private static final long SECOND = 1_000_000_000;

  private final UsageLedger ledger = new UsageLedger(T0);

  @Test
  void see_first_ratesSinceTheStart() {
    assertThat(ledger.see("a", "app", T0, T0.plusSeconds(10), 5 * SECOND)).isEqualTo(SECOND / 2);
  }

  @Test
  void see_again_ratesSinceTheLook() {
    ledger.see("a", "app", T0, T0.plusSeconds(10), SECOND);

    assertThat(ledger.see("a", "app", T0, T0.plusSeconds(20), 21 * SECOND)).isEqualTo(2 * SECOND);
  }

  @Test
  void see_atOnceAgain_keepsTheRate() {
    ledger.see("a", "app", T0, T0.plusSeconds(10), 5 * SECOND);

    assertThat(ledger.see("a", "app", T0, T0.plusSeconds(10), 5 * SECOND)).isEqualTo(SECOND / 2);
  }

  @Test
  void cpu_podLeaves_doesNotFall() {
    ledger.see("a", "app", T0, T0.plusSeconds(10), 5 * SECOND);
    ledger.see("b", "app", T0, T0.plusSeconds(10), 7 * SECOND);
    ledger.keep(Set.of("b"));
    ledger.see("b", "app", T0, T0.plusSeconds(20), 8 * SECOND);

    assertThat(ledger.cpuNanoseconds()).isEqualTo(13 * SECOND);
  }

  @Test
  void cpu_containerRestarts_addsWhatTheNewOneUsed() {
    ledger.see("a", "app", T0, T0.plusSeconds(10), 5 * SECOND);
    ledger.see("a", "app", T0.plusSeconds(11), T0.plusSeconds(20), 6 * SECOND);

    assertThat(ledger.cpuNanoseconds()).isEqualTo(11 * SECOND);
  }

  @Test
  void cpu_sameLookTwice_countsOnce() {
    ledger.see("a", "app", T0, T0.plusSeconds(10), 5 * SECOND);
    ledger.see("a", "app", T0, T0.plusSeconds(10), 5 * SECOND);

    assertThat(ledger.cpuNanoseconds()).isEqualTo(5 * SECOND);
  }
}
