package io.viking.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
  @ParameterizedTest
  @CsvSource({
    "PT-5S,0s",
    "PT0S,0s",
    "PT119S,119s",
    "PT2M,2m",
    "PT5M30S,5m30s",
    "PT10M1S,10m",
    "PT179M,179m",
    "PT3H,3h",
    "PT7H59M,7h59m",
    "PT8H,8h",
    "PT47H,47h",
    "P2D,2d",
    "P3DT4H,3d4h",
    "P30D,30d"
  })
  void duration_readsAsKubectlWritesIt(Duration duration, String age) {
    assertThat(Age.of(duration)).isEqualTo(age);
  }
}
