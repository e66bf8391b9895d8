package io.viking.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Micrometer over the simpleclient is the stack
class GaugeScopeTest {
  private final PrometheusMeterRegistry process =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger first = new AtomicInteger(3);
  private final AtomicInteger second = new AtomicInteger(5);

  @Test
  void gaugeMadeAgain_showsTheNewObject() {
    try (var scope = new GaugeScope(process)) {
      gauge(scope.meters(), first);
      assertThat(process.scrape()).contains("viking_pods{state=\"running\",} 3.0");
    }
    assertThat(process.scrape()).doesNotContain("viking_pods");

    try (var scope = new GaugeScope(process)) {
      gauge(scope.meters(), second);
      assertThat(process.scrape()).contains("viking_pods{state=\"running\",} 5.0");
    }
  }

  @Test
  void counterMadeAgain_countsOn() {
    try (var scope = new GaugeScope(process)) {
      counter(scope.meters()).increment();
    }
    try (var scope = new GaugeScope(process)) {
      counter(scope.meters()).increment();
    }

    assertThat(process.scrape()).contains("viking_binds_total 2.0");
  }

  private static void gauge(MeterRegistry meters, AtomicInteger value) {
    Gauge.builder("viking_pods", value, AtomicInteger::get)
        .tag("state", "running")
        .register(meters);
  }

  private static Counter counter(MeterRegistry meters) {
    return Counter.builder("viking_binds_total").register(meters);
  }
}
