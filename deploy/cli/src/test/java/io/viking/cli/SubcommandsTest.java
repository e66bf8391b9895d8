package io.viking.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.bench.BenchCommand;
import io.viking.cli.up.UpCommand;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class SubcommandsTest {
  static Stream<String> commands() {
    return CommandGroups.commands().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandOfTheHelp_isFoundByItsName(String name) {
    assertThat(Subcommands.find(name).orElseThrow().getAnnotation(Command.class).name())
        .isEqualTo(name);
  }

  @Test
  void asked_isTheFirstThatIsNoOption() {
    assertThat(Subcommands.asked("up", "--detach")).contains(UpCommand.class);
    assertThat(Subcommands.asked("--debug", "bench", "storm")).contains(BenchCommand.class);
  }

  /** Their answer needs to know all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--version", "ups", "completion", "--", "@file"})
  void asked_whatIsNotOneCommand_isNone(String argument) {
    assertThat(Subcommands.asked(argument)).isEmpty();
    assertThat(Subcommands.asked(argument, "up")).isEmpty();
    assertThat(Subcommands.asked("--debug", argument, "up")).isEmpty();
  }
}
