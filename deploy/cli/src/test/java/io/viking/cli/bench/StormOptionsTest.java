package io.viking.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.bench.StormSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a storm may be, and that what it may not be is refused before anything is made. */
class StormOptionsTest {
  @Command
  private static final class Storm {
    @Mixin private final StormOptions options = new StormOptions();

    @Option(names = "--times", defaultValue = "1")
    private int times;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pods=0      | --pods=0: name a number from 1 to 100000.",
        "--pods=100001 | --pods=100001: name a number from 1 to 100000.",
        "--warm-up=-1  | --warm-up=-1: name a number from 0 to 100000.",
        "--times=0     | --times=0: name a number from 1 to 100.",
        "--widths=16,0 | --widths=0: name a number from 1 to 1000.",
        "--widths=-3   | --widths=-3: name a number from 1 to 1000.",
      })
  void settings_ofANumberThatMakesNoSense_nameTheOptionAndTheWayOut(String given, String said) {
    assertThatThrownBy(() -> settings(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--pods=100000", "--warm-up=0", "--times=3", "--widths=1", "--widths=64,128"})
  void settings_ofANumberThatMakesSense_areMade(String given) {
    assertThat(settings(given).widths()).isNotEmpty();
  }

  private static StormSettings settings(String... given) {
    var storm = new Storm();
    new CommandLine(storm).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(given);
    return storm.options.settings(StormOptions.Tokens.BOTH, storm.times, false);
  }
}
