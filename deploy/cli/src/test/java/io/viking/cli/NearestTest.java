package io.viking.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "stat,status",
    "statsu,status",
    "lgos,",
    "log,logs",
    "--folow,--follow",
    "x,",
    "completely-different,"
  })
  void typed_leadsToWhatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, List.of("status", "logs", "up", "--follow")).orElse(null))
        .isEqualTo(meant);
  }
}
