package io.viking.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.chaos.plan.ChaosPlan;
import io.viking.chaos.plan.Size;
import io.viking.system.Heavy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills, freezes and lies to every part of a running system, and checks that each pod runs or is
 * gone as asked, one to one with the instances of the cloud.
 *
 * <p>The seed of an ordinary build is fixed: a build that fails is a change that broke something,
 * not a new seed. New ones are for {@code -Dviking.chaos=long}, which draws one, and for {@code
 * -Dviking.chaos.seed}.
 */
@Heavy
class ChaosIT {
  private static final long SEED = 20261121;
  private static final int FEWEST_FAULTS = 200;
  private static final int FEWEST_FAULTS_OF_A_LONG_RUN = 1000;

  /** A JVM that was killed takes half a minute to come back on a machine that is busy tenfold. */
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void stormsAndDeletionsUnderFire_endAsAsked_oneToOne() throws Exception {
    boolean isLong = "long".equals(System.getProperty("viking.chaos"));
    Size size = isLong ? Size.LONG : Size.CI;
    size = size.withRounds(Integer.getInteger("viking.chaos.rounds", size.rounds()));
    size = size.withPods(Integer.getInteger("viking.chaos.pods", size.pods()));
    size = size.withKills(Integer.getInteger("viking.chaos.kills", size.blows().kills()));
    size = size.withReplicas(Integer.getInteger("viking.chaos.replicas", size.replicas()));
    long seed =
        Optional.ofNullable(Long.getLong("viking.chaos.seed"))
            .orElseGet(() -> isLong ? ThreadLocalRandom.current().nextInt(1 << 30) : SEED);
    ChaosPlan plan = ChaosPlan.of(seed, size);
    System.out.println(plan.text());

    Clock clock = Clock.systemUTC();
    var ledger = new Ledger(clock);
    try (Arena arena = Arena.start(directory, seed, size, clock);
        Witness witness = new Witness(arena.adminKubeconfig(), arena.cloud(), ledger);
        Striker striker = new Striker(arena, clock)) {
      new Conductor(plan, arena, ledger, witness, striker, PATIENCE).run();

      System.out.printf("chaos: seed %d survived %s%n", seed, striker.count());
      striker.byKind().forEach((kind, count) -> System.out.printf("chaos: %4d %s%n", count, kind));
      if (size.rounds() >= (isLong ? Size.LONG : Size.CI).rounds()) {
        assertThat(striker.count().all())
            .as("faults of seed %d", seed)
            .isGreaterThanOrEqualTo(isLong ? FEWEST_FAULTS_OF_A_LONG_RUN : FEWEST_FAULTS);
      }
    }
  }
}
