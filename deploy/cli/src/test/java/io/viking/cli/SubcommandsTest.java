package io.viking.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.bench.BenchCommand;
import io.viking.cli.up.UpCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class SubcommandsTest {
  private static final int ALL = CommandGroups.commands().size();

  @Test
  void one_isThatOfItsName() {
    assertThat(CommandGroups.commands())
        .filteredOn(name -> !name.equals("completion"))
        .allSatisfy(
            name ->
                assertThat(Subcommands.of(name))
                    .singleElement()
                    .extracting(type -> type.getAnnotation(Command.class).name())
                    .isEqualTo(name));
  }

  @Test
  void of_isTheFirstArgument_orTheOneAfterDebug() {
    assertThat(Subcommands.of("up", "--detach")).isEqualTo(List.of(UpCommand.class));
    assertThat(Subcommands.of("--debug", "bench", "storm")).isEqualTo(List.of(BenchCommand.class));
  }

  /** Their answer needs to know all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--version", "ups", "completion", "--", "@file"})
  void of_whatIsNotOneCommand_isAll(String argument) {
    assertThat(Subcommands.of(argument)).hasSize(ALL);
    assertThat(Subcommands.of(argument, "up")).hasSize(ALL);
    assertThat(Subcommands.of("--debug", argument, "up")).hasSize(ALL);
  }
}
