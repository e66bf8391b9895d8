package io.viking.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.ExitCode;
import io.viking.cli.Main;
import io.viking.simulation.Simulation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine viking =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void seeds_areEachALine_andTheSameRunsAgain() {
    assertThat(viking.execute("simulate", "--seed", "7", "--steps", "2000", "--seeds", "2"))
        .isEqualTo(ExitCode.OK);
    List<String> first = out.toString().lines().toList();
    assertThat(first).hasSize(4);
    assertThat(first.get(0)).startsWith("seed 7: ").endsWith(": everything held");
    assertThat(first.get(1)).startsWith("seed 8: ").endsWith(": everything held");
    assertThat(first.get(2)).contains(" steps in ").endsWith(" a minute of it");
    assertThat(first.get(3)).startsWith("met: ");

    out.getBuffer().setLength(0);
    viking.execute("simulate", "--seed", "8", "--steps", "2000");
    assertThat(out.toString().lines().findFirst()).contains(first.get(1));
  }

  @Test
  void seed_isDrawnAndPrintedWhereNoneIsGiven() {
    assertThat(viking.execute("simulate", "--steps", "100")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).matches("(?s)seed \\d+: .*");
  }

  @Test
  void steps_none_isRefused() {
    assertThat(viking.execute("simulate", "--steps", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).isEqualToIgnoringNewLines("viking: --steps=0: must be at least 1.");
  }

  @Test
  void breach_saysHowToSeeItAgain() {
    var breach =
        new Simulation.Breach(4711, "two instances of u-1", List.of(), new AssertionError());
    var outcome =
        new Simulation.Outcome(7, 4711, 3, Duration.ofHours(2), Map.of(), 255, Optional.of(breach));

    assertThat(new SimulationText().line(outcome))
        .isEqualTo(
            "seed 7: 4,711 steps, 3 rounds, 2 hours of virtual time, run 00000000000000ff: BROKEN;"
                + " what went before it:");
    assertThat(SimulationText.sentence(7, breach))
        .isEqualTo(
            "step 4711 of seed 7: two instances of u-1; \"viking simulate --seed 7 --steps 4711\""
                + " plays it again.");
  }
}
