package io.viking.bench.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricSampleTest {
  @Test
  void withLabels_isReadWithEscapes() {
    assertThat(
            MetricSample.parse("calls_total{call=\"a \\\"b\\\"\",result=\"ok\",} 4.0 1700000000"))
        .contains(new MetricSample("calls_total", Map.of("call", "a \"b\"", "result", "ok"), 4));
  }

  @Test
  void withoutLabels_isRead() {
    assertThat(MetricSample.parse("changes_total 1.2E3"))
        .contains(new MetricSample("changes_total", Map.of(), 1_200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# TYPE a counter", "a", "a{b=\"c} 1", "a{b} 1", "a x", "a{b=\"c\"} x"})
  void noSample_isPassedOver(String line) {
    assertThat(MetricSample.parse(line)).isEmpty();
  }
}
