package io.viking.kube.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** The meters of calls to the API server. */
final class RequestMetrics {
  private final Meter.MeterProvider<Counter> requests;
  private final Meter.MeterProvider<Timer> durations;
  private final Map<Call, Meters> meters = new ConcurrentHashMap<>();

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
    meters.computeIfAbsent(new Call(verb, resource), this::register).done(code, nanos);
  }

  private Meters register(Call call) {
    return new Meters(
        durations.withTags("verb", call.verb(), "resource", call.resource()),
        code ->
            requests.withTags(
                "verb", call.verb(), "resource", call.resource(), "code", Integer.toString(code)));
  }

  private record Call(String verb, String resource) {}

  /** To look meters up by their tags takes longer than to count. */
  private record Meters(
      Timer duration, IntFunction<Counter> register, Map<Integer, Counter> byCode) {
    Meters(Timer duration, IntFunction<Counter> register) {
      this(duration, register, new ConcurrentHashMap<>());
    }

    void done(int code, long nanos) {
      byCode.computeIfAbsent(code, register::apply).increment();
      duration.record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
