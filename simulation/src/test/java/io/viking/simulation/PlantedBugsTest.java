package io.viking.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds bugs: each of these, within a few seeds. */
class PlantedBugsTest {
  private static final int SEEDS = 30;
  private static final long STEPS_EACH = 20_000;

  @ParameterizedTest
  @EnumSource(PlantedBug.class)
  void plantedBug_isFound(PlantedBug bug) {
    Optional<Simulation.Outcome> found =
        LongStream.rangeClosed(1, SEEDS)
            .mapToObj(seed -> Simulation.run(seed, STEPS_EACH, bug))
            .filter(outcome -> outcome.breach().isPresent())
            .findFirst();

    assertThat(found).as("what %d seeds of %d steps show", SEEDS, STEPS_EACH).isPresent();
    found.ifPresent(
        outcome ->
            System.out.printf(
                "%s: found by seed %d at step %d: %s%n",
                bug,
                outcome.seed(),
                outcome.breach().orElseThrow().step(),
                outcome.breach().orElseThrow().message()));
  }
}
