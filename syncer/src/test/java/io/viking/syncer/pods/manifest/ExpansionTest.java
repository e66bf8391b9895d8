package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The semantics that kubectl explain pod.spec.containers.args documents. */
class ExpansionTest {
  private static final Map<String, String> VARIABLES =
      Map.of("A", "1", "B", "two", "EMPTY", "", "REF", "$(A)");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "plain, plain",
    "$(A), 1",
    "$(A)$(B), 1two",
    "x$(A)-$(B)y, x1-twoy",
    "x$(EMPTY)y, xy",
    "$(UNKNOWN), $(UNKNOWN)",
    "$(REF), $(A)",
    "$$(A), $(A)",
    "$$$(A), $1",
    "$$$$(A), $$(A)",
    "$$$$$(A), $$1",
    "$$A, $A",
    "$A, $A",
    "${A}, ${A}",
    "(A), (A)",
    "$(A, $(A",
    "x$(, x$(",
    "$($($(, $($($(",
    "$(A$(B)), $(A$(B))",
    "end$, end$",
    "end$$, end$",
    "$(a$$b), $(a$$b)",
    "$(), $()",
  })
  void expand_table(String text, String expanded) {
    assertThat(Expansion.expand(text, name -> Optional.ofNullable(VARIABLES.get(name))))
        .isEqualTo(expanded);
  }
}
