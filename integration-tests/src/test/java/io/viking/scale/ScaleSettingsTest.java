package io.viking.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleSettingsTest {
  @Test
  void nothingSaid_isTheReachOfTheIssue() {
    assertThat(settings(Map.of()))
        .isEqualTo(
            new ScaleSettings(
                List.of(500, 3_000, 10_000), 10, 1_000, ScaleSettings.Choice.AUTO, false));
  }

  @Test
  void everything_canBeSaid() {
    assertThat(
            settings(
                Map.of(
                    "scale.sizes", "50, 100",
                    "scale.storms", "4",
                    "scale.storm-pods", "20",
                    "scale.control-plane", "both",
                    "scale.apart", "true")))
        .isEqualTo(new ScaleSettings(List.of(50, 100), 4, 20, ScaleSettings.Choice.BOTH, true));
  }

  @ParameterizedTest
  @CsvSource({
    "scale.sizes, many, scale.sizes: \"many\" is no number",
    "scale.sizes, 0, at least one pod",
    "scale.storms, 3, growth is counted from storm 3 on",
    "scale.control-plane, minikube, 'name auto, native, k3s or both'"
  })
  void nonsense_isRefused_byName(String name, String value, String sentence) {
    assertThatThrownBy(() -> settings(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, false, native",
    "AUTO, true, k3s",
    "NATIVE, true, native",
    "K3S, true, k3s",
    "K3S, false, ''",
    "BOTH, true, native k3s",
    "BOTH, false, native"
  })
  void variants_areRun_asAskedFor_andTheOthersSayWhyNot(
      ScaleSettings.Choice choice, boolean docker, String run) {
    for (Variant variant : Variant.values()) {
      boolean expected =
          List.of(run.split(" ", -1)).contains(variant.name().toLowerCase(Locale.ROOT));
      assertThat(variant.skipped(choice, docker).isEmpty()).as(variant.name()).isEqualTo(expected);
      variant.skipped(choice, docker).ifPresent(why -> assertThat(why).startsWith("skipped: "));
    }
  }

  private static ScaleSettings settings(Map<String, String> said) {
    var properties = new Properties();
    properties.putAll(said);
    return ScaleSettings.of(properties);
  }
}
