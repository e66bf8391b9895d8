package io.viking.bench.endpoints;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointSettingsTest {
  @Test
  void sizes_mustGrow_andHoldTwoServices() {
    assertThatThrownBy(() -> settings(List.of(100, 100), 10, 20))
        .hasMessage(
            "sizes: at least 101 (two Services), and each more than the one before, is 100.");
    assertThatThrownBy(() -> settings(List.of(19), 10, 20)).hasMessageContaining("is 19.");
    assertThatThrownBy(() -> settings(List.of(), 10, 20)).hasMessage("sizes: name at least one.");
  }

  @Test
  void tooFew_isNamed() {
    assertThatThrownBy(() -> settings(List.of(100), 1, 20))
        .hasMessage("pods per Service: must be 2 or more, is 1.");
    assertThatThrownBy(() -> settings(List.of(100), 10, 1))
        .hasMessage("changes: must be 2 or more (a pod goes, a pod comes), is 1.");
  }

  private static EndpointSettings settings(List<Integer> sizes, int podsPerService, int changes) {
    return new EndpointSettings(sizes, podsPerService, changes, 500, 32);
  }
}
