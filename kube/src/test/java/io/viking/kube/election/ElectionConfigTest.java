package io.viking.kube.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionConfigTest {
  @Test
  void defaultLife_leavesRoomForTwoFailedCalls() {
    var config = new ElectionConfig("viking-syncer", "me", ElectionConfig.DEFAULT_LIFE);
    assertThat(config.life()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.renewEvery()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.lookEvery()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.callDeadline()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.renewEvery().plus(config.callDeadline()))
        .as("a renewal that takes as long as it may keeps the fence open")
        .isLessThanOrEqualTo(config.life().dividedBy(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 2500, 301_000, 0})
  void otherLives_areRefused_withTheValue(long millis) {
    assertThatThrownBy(() -> new ElectionConfig("viking-syncer", "me", Duration.ofMillis(millis)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of " + millis + " ms")
        .hasMessageContaining("whole seconds, from 2 to 300");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Viking", "-a", "a/b"})
  void namesThatNoLeaseCanHave_areRefused(String name) {
    assertThatThrownBy(() -> new ElectionConfig(name, "me", ElectionConfig.DEFAULT_LIFE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + name + "\"");
  }
}
