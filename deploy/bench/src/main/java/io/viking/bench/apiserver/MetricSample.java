package io.viking.bench.apiserver;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A sample of the Prometheus text format. */
public record MetricSample(String name, Map<String, String> labels, double value) {
  public MetricSample {
    labels = Map.copyOf(labels);
  }

  public String label(String label) {
    return labels.getOrDefault(label, "");
  }

  /** Empty if the line is no sample. */
  public static Optional<MetricSample> parse(String line) {
    int brace = line.indexOf('{');
    int space = line.indexOf(' ');
    if (line.startsWith("#") || space < 1) {
      return Optional.empty();
    }
    if (brace < 0 || brace > space) {
      return value(line, space)
          .map(number -> new MetricSample(line.substring(0, space), Map.of(), number));
    }
    return labelled(line, brace);
  }

  private static Optional<MetricSample> labelled(String line, int brace) {
    Map<String, String> labels = new HashMap<>();
    int at = brace + 1;
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
    return value(line, at + 1)
        .map(number -> new MetricSample(line.substring(0, brace), labels, number));
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
