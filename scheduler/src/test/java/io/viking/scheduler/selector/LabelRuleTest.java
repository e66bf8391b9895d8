package io.viking.scheduler.selector;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.selector.LabelRule.Operator;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRuleTest {
  private static final Map<String, String> LABELS = Map.of("zone", "h", "generation", "6", "x", "");

  @ParameterizedTest
  @CsvSource({
    "zone, IN, h i, true",
    "zone, IN, i j, false",
    "gone, IN, h, false",
    "zone, NOT_IN, i j, true",
    "zone, NOT_IN, h, false",
    "gone, NOT_IN, h, true",
    "zone, EXISTS, '', true",
    "x, EXISTS, '', true",
    "gone, EXISTS, '', false",
    "zone, DOES_NOT_EXIST, '', false",
    "gone, DOES_NOT_EXIST, '', true",
    "generation, GT, 5, true",
    "generation, GT, 6, false",
    "generation, LT, 7, true",
    "generation, LT, 6, false",
    "zone, GT, 5, false",
    "generation, GT, many, false",
    "gone, LT, 5, false",
    "generation, GT, -1, true",
    "generation, GT, 5.5, false",
    "zone, IN, '', false",
    "generation, LT, 7 8, false",
  })
  void test_anyOperator_asUpstream(String key, Operator operator, String values, boolean holds) {
    var wanted = values.isEmpty() ? Set.<String>of() : Set.copyOf(Arrays.asList(values.split(" ")));
    assertThat(new LabelRule(key, operator, wanted).test(LABELS)).isEqualTo(holds);
  }
}
