package io.viking.kube.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of calls to the API server. */
final class RequestMetrics {
  private final Meter.MeterProvider<Counter> requests;
  private final Meter.MeterProvider<Timer> durations;

  RequestMetrics(MeterRegistry registry) {
    this.requests =
        Counter.builder("viking_kube_requests_total")
            .description("Calls to the API server by HTTP status; code 0 is no answer.")
            .withRegistry(registry);
    this.durations =
        Timer.builder("viking_kube_request_duration_seconds")
            .description(
                "Time of a call to the API server, with its body; watches until they stand.")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofMillis(2_500),
                Duration.ofSeconds(10))
            .withRegistry(registry);
  }

  /**
   * @param resource plural, with the subresource: "pods/status"
   */
  void done(String verb, String resource, int code, long nanos) {
    requests
        .withTags("verb", verb, "resource", resource, "code", Integer.toString(code))
        .increment();
    durations.withTags("verb", verb, "resource", resource).record(Duration.ofNanos(nanos));
  }
}
