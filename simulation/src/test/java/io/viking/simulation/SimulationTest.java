package io.viking.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.simulation.fault.FaultKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, what design §3 says holds at every step, and after quiet all is one to one.
 *
 * <p>{@code -Dviking.simulation.steps=N} for another number of steps, {@code
 * -Dviking.simulation.seed=S} to play one seed alone.
 */
class SimulationTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long STEPS_OF_A_SEED = 200_000;

  @Test
  void freshSeeds_breakNothing() {
    long wanted = Long.getLong("viking.simulation.steps", 10_000_000);
    Long one = Long.getLong("viking.simulation.seed");
    var seeds = new SplittableRandom();
    long begun = THREADS.getCurrentThreadCpuTime();
    long made = 0;
    System.out.printf("seeds, each of %d steps:", STEPS_OF_A_SEED);
    while (made < wanted) {
      long seed = one != null ? one : seeds.nextLong(1, 1_000_000_000);
      System.out.print(" " + seed);
      Simulation.Outcome outcome = Simulation.run(seed, STEPS_OF_A_SEED);
      outcome
          .breach()
          .ifPresent(
              breach -> {
                throw failure(outcome, breach);
              });
      made += outcome.steps();
    }
    double seconds = (THREADS.getCurrentThreadCpuTime() - begun) / 1e9;
    System.out.printf(
        "%n%,d steps in %.0f s of one processor: %,.0f a minute%n",
        made, seconds, made / seconds * 60);
    assertThat(made).isGreaterThanOrEqualTo(wanted);
  }

  @Test
  void sameSeed_givesTheSameRun() {
    Simulation.Outcome first = Simulation.run(7, 30_000);
    Simulation.Outcome second = Simulation.run(7, 30_000);

    assertThat(second).isEqualTo(first);
    assertThat(Simulation.run(8, 30_000).digest()).isNotEqualTo(first.digest());
  }

  @Test
  void everyKindOfFault_isMet() {
    assertThat(Simulation.run(1, 200_000).faults())
        .containsOnlyKeys(FaultKind.values())
        .allSatisfy((kind, times) -> assertThat(times).as(kind.words()).isPositive());
  }

  private static AssertionError failure(Simulation.Outcome outcome, Simulation.Breach breach) {
    return new AssertionError(
        "seed %d, step %d: %s%nreplay: viking simulate --seed %d --steps %d%n%s"
            .formatted(
                outcome.seed(),
                breach.step(),
                breach.message(),
                outcome.seed(),
                breach.step(),
                String.join(System.lineSeparator(), breach.trace())),
        breach.cause());
  }
}
