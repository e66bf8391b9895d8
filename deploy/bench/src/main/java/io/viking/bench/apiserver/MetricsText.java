package io.viking.bench.apiserver;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads the API server's metrics, line by line: two of the thousand families in some megabytes of
 * text. Confined to one thread.
 */
final class MetricsText {
  private static final String REQUESTS = "apiserver_request_total{";
  private static final String LONG_RUNNING = "apiserver_longrunning_requests{";

  private final Map<ApiCall, Double> calls = new HashMap<>();
  private final Map<String, Integer> watches = new HashMap<>();
  private double refused;

  /** Takes a line in the Prometheus text format; what is not understood is passed over. */
  void line(String line) {
    if (line.startsWith(REQUESTS)) {
      MetricSample.parse(line).ifPresent(this::request);
    } else if (line.startsWith(LONG_RUNNING)) {
      MetricSample.parse(line).ifPresent(this::longRunning);
    }
  }

  ServerMetrics result() {
    return new ServerMetrics(new CallCounts(calls, refused), watches);
  }

  private void request(MetricSample sample) {
    // What has no resource is health checks and /metrics itself.
    if (sample.label("resource").isEmpty() || sample.label("verb").equals("WATCH")) {
      return;
    }
    calls.merge(new ApiCall(sample.label("verb"), resource(sample)), sample.value(), Double::sum);
    if (sample.label("code").startsWith("4") || sample.label("code").startsWith("5")) {
      refused += sample.value();
    }
  }

  private void longRunning(MetricSample sample) {
    if (sample.label("verb").equals("WATCH")) {
      watches.merge(resource(sample), (int) sample.value(), Integer::sum);
    }
  }

  private static String resource(MetricSample sample) {
    String sub = sample.label("subresource");
    return sub.isEmpty() ? sample.label("resource") : sample.label("resource") + "/" + sub;
  }
}
