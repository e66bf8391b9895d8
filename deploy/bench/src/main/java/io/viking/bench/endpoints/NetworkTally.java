package io.viking.bench.endpoints;

import io.viking.bench.apiserver.MetricSample;
import java.util.Optional;

/**
 * What the syncer of Services says of itself at one moment, since it began.
 *
 * @param changes of EndpointSlices that it heard of
 * @param writes calls to the cloud that change something
 * @param backendCalls those of them that are for backends
 * @param bytes of these writes and of their answers
 * @param pending what is not in line yet
 */
record NetworkTally(
    double changes, double writes, double backendCalls, double bytes, double pending) {
  private static final String CHANGES = "viking_syncer_endpoint_changes_total";
  private static final String CALLS = "viking_syncer_network_calls_total";
  private static final String BYTES = "viking_syncer_network_bytes_total";
  private static final String PENDING = "viking_syncer_network_pending";

  /** Reads a page of metrics; empty if there is nothing of Services in it. */
  static Optional<NetworkTally> read(String page) {
    double changes = 0;
    double writes = 0;
    double backendCalls = 0;
    double bytes = 0;
    double pending = Double.NaN;
    for (MetricSample sample :
        page.lines().map(MetricSample::parse).flatMap(Optional::stream).toList()) {
      boolean writing = !sample.label("call").startsWith("list_");
      switch (sample.name()) {
        case CHANGES -> changes += sample.value();
        case CALLS -> {
          writes += writing ? sample.value() : 0;
          backendCalls += sample.label("call").equals("update_backends") ? sample.value() : 0;
        }
        case BYTES -> bytes += writing ? sample.value() : 0;
        case PENDING -> pending = sample.value();
        default -> {}
      }
    }
    return Double.isNaN(pending)
        ? Optional.empty()
        : Optional.of(new NetworkTally(changes, writes, backendCalls, bytes, pending));
  }

  NetworkTally since(NetworkTally before) {
    return new NetworkTally(
        changes - before.changes,
        writes - before.writes,
        backendCalls - before.backendCalls,
        bytes - before.bytes,
        pending);
  }
}
