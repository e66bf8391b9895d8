package io.viking.bench.apiserver;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
      Sample.parse(line).ifPresent(this::request);
    } else if (line.startsWith(LONG_RUNNING)) {
      Sample.parse(line).ifPresent(this::longRunning);
    }
  }

  ServerMetrics result() {
    return new ServerMetrics(new CallCounts(calls, refused), watches);
  }

  private void request(Sample sample) {
    // What has no resource is health checks and /metrics itself.
    if (sample.label("resource").isEmpty() || sample.label("verb").equals("WATCH")) {
      return;
    }
    calls.merge(new ApiCall(sample.label("verb"), resource(sample)), sample.value(), Double::sum);
    if (sample.label("code").startsWith("4") || sample.label("code").startsWith("5")) {
      refused += sample.value();
    }
  }

  private void longRunning(Sample sample) {
    if (sample.label("verb").equals("WATCH")) {
      watches.merge(resource(sample), (int) sample.value(), Integer::sum);
    }
  }

  private static String resource(Sample sample) {
    String sub = sample.label("subresource");
    return sub.isEmpty() ? sample.label("resource") : sample.label("resource") + "/" + sub;
  }

  /** A line: labels and value; the name is known. */
  record Sample(Map<String, String> labels, double value) {
    String label(String name) {
      return labels.getOrDefault(name, "");
    }

    /** Empty if the line is no sample with labels. */
    static Optional<Sample> parse(String line) {
      Map<String, String> labels = new HashMap<>();
      int at = line.indexOf('{') + 1;
      while (at < line.length() && line.charAt(at) != '}') {
        int equals = line.indexOf("=\"", at);
        if (equals < 0) {
          return Optional.empty();
        }
        var value = new StringBuilder();
        int end = unescape(line, equals + 2, value);
        if (end < 0) {
          return Optional.empty();
        }
        labels.put(line.substring(at, equals).strip(), value.toString());
        at = end + 1;
        if (at < line.length() && line.charAt(at) == ',') {
          at++;
        }
      }
      return value(line, at + 1).map(number -> new Sample(labels, number));
    }

    /** Copies up to the closing quote; answers where that is, or -1. */
    private static int unescape(String line, int from, StringBuilder to) {
      for (int i = from; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '"') {
          return i;
        }
        if (c == '\\' && i + 1 < line.length()) {
          i++;
          c = line.charAt(i) == 'n' ? '\n' : line.charAt(i);
        }
        to.append(c);
      }
      return -1;
    }

    private static Optional<Double> value(String line, int from) {
      if (from > line.length()) {
        return Optional.empty();
      }
      // A time stamp may follow.
      String[] words = line.substring(from).strip().split(" ", 2);
      try {
        return Optional.of(Double.valueOf(words[0]));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
