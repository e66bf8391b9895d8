package io.viking.bench.apiserver;

import io.viking.kube.client.KubeApiException;
import java.util.Optional;

/** Asks the API server for its metrics; where that is not allowed, there are none. */
public final class ApiServerMetrics {
  private final RawCalls calls;

  public ApiServerMetrics(RawCalls calls) {
    this.calls = calls;
  }

  /** The metrics now; empty if the server does not show them to us. */
  public Optional<ServerMetrics> read() {
    try {
      return Optional.of(
          calls.get(
              "/metrics",
              lines -> {
                var text = new MetricsText();
                for (String line = lines.readUtf8Line();
                    line != null;
                    line = lines.readUtf8Line()) {
                  text.line(line);
                }
                return text.result();
              }));
    } catch (KubeApiException refused) {
      return Optional.empty();
    }
  }
}
