package io.viking.kube.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({"kitten,sitting,3", "a,a,0", "'',abc,3", "abc,'',3"})
  void distance_isLevenshteins(String a, String b, int expected) {
    assertThat(EditDistance.between(a, b)).isEqualTo(expected);
  }
}
