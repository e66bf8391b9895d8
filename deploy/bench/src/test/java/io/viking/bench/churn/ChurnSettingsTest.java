package io.viking.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChurnSettingsTest {
  private static ChurnSettings settings(int present, int perSecond, int warmUp, int seconds) {
    return new ChurnSettings(
        present,
        perSecond,
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        TokenUse.WITHOUT,
        PodPlacement.by("viking"));
  }

  @Test
  void podsAreDueAtTheirRate_andThoseOfTheWarmUpDoNotCount() {
    ChurnSettings settings = settings(5_000, 20, 10, 60);
    assertThat(settings.uncounted()).isEqualTo(200);
    assertThat(settings.counted()).isEqualTo(1_200);
    assertThat(settings.due(0)).isZero();
    assertThat(settings.due(1)).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.due(1_399)).isEqualTo(Duration.ofMillis(69_950));
  }

  @Test
  void badValues_areNamed() {
    assertThatThrownBy(() -> settings(-1, 20, 0, 1))
        .hasMessage("present: must be 0 or more, is -1.");
    assertThatThrownBy(() -> settings(0, 0, 0, 1))
        .hasMessage("rate: must be 1 to 1000 a second, is 0.");
    assertThatThrownBy(() -> settings(0, 1, -1, 1))
        .hasMessage("warm-up: must be 0 seconds or more, is -1.");
    assertThatThrownBy(() -> settings(0, 1, 0, 0)).hasMessage("seconds: must be 1 or more, is 0.");
  }
}
