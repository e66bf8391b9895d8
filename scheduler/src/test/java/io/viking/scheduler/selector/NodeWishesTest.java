package io.viking.scheduler.selector;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.selector.LabelRule.Operator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeWishesTest {
  private static final Map<String, String> LABELS = Map.of("zone", "h", "arch", "amd64");
  private static final LabelRule IN_H = LabelRule.is("zone", "h");
  private static final LabelRule IN_I = LabelRule.is("zone", "i");

  @Test
  void allow_nothingAsked_everything() {
    assertThat(NodeWishes.NONE.allow("h", LABELS)).isTrue();
  }

  @Test
  void allow_selector_allMustMatch() {
    assertThat(selector(Map.of("zone", "h", "arch", "amd64"))).isTrue();
    assertThat(selector(Map.of("zone", "h", "arch", "arm64"))).isFalse();
    assertThat(selector(Map.of("disk", "ssd"))).isFalse();
  }

  @Test
  void allow_terms_oneOfThemWithAllItsRules() {
    assertThat(required(new NodeTerm(List.of(IN_I), List.of()))).isFalse();
    assertThat(
            required(
                new NodeTerm(List.of(IN_I), List.of()), new NodeTerm(List.of(IN_H), List.of())))
        .isTrue();
    assertThat(required(new NodeTerm(List.of(IN_H, IN_I), List.of()))).isFalse();
  }

  @Test
  void and_term_holdsBesideEachThatIsRequired() {
    var inHOrI =
        new NodeWishes(
            Map.of(),
            Optional.of(
                List.of(
                    new NodeTerm(List.of(IN_H), List.of()),
                    new NodeTerm(List.of(IN_I), List.of()),
                    new NodeTerm(List.of(), List.of()))),
            List.of());
    var amd64 = new NodeTerm(List.of(LabelRule.is("arch", "amd64")), List.of());
    assertThat(inHOrI.and(amd64).allow("h", LABELS)).isTrue();
    assertThat(inHOrI.and(amd64).allow("h", Map.of("zone", "h", "arch", "arm64"))).isFalse();
    assertThat(inHOrI.and(amd64).allow("j", Map.of("zone", "j", "arch", "amd64"))).isFalse();
    assertThat(NodeWishes.NONE.and(amd64).allow("j", Map.of("arch", "arm64"))).isFalse();
  }

  @Test
  void allow_emptyTermOrNoTerms_nothing() {
    assertThat(required(new NodeTerm(List.of(), List.of()))).isFalse();
    assertThat(required()).isFalse();
  }

  @Test
  void allow_matchFields_theNodesName() {
    var here = new LabelRule("metadata.name", Operator.IN, Set.of("h"));
    var elsewhere = new LabelRule("metadata.name", Operator.NOT_IN, Set.of("h"));
    assertThat(required(new NodeTerm(List.of(), List.of(here)))).isTrue();
    assertThat(required(new NodeTerm(List.of(), List.of(elsewhere)))).isFalse();
    assertThat(required(new NodeTerm(List.of(IN_I), List.of(here)))).isFalse();
  }

  @Test
  void weight_preferences_addUp() {
    var wishes =
        new NodeWishes(
            Map.of(),
            Optional.empty(),
            List.of(
                new NodeWishes.Preferred(10, new NodeTerm(List.of(IN_H), List.of())),
                new NodeWishes.Preferred(
                    5, new NodeTerm(List.of(LabelRule.is("arch", "amd64")), List.of())),
                new NodeWishes.Preferred(1, new NodeTerm(List.of(IN_I), List.of()))));
    assertThat(wishes.weight("h", LABELS)).isEqualTo(15);
  }

  private static boolean selector(Map<String, String> selector) {
    return new NodeWishes(selector, Optional.empty(), List.of()).allow("h", LABELS);
  }

  private static boolean required(NodeTerm... terms) {
    return new NodeWishes(Map.of(), Optional.of(List.of(terms)), List.of()).allow("h", LABELS);
  }
}
