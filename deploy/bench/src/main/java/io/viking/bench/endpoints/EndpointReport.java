package io.viking.bench.endpoints;

import io.viking.bench.measure.Percentiles;
import java.time.Duration;
import java.util.List;

/** What was measured. */
public record EndpointReport(List<Row> rows, Burst burst) {
  /** Pods of a machine, for the fleet of kube-proxies that there would be otherwise. */
  public static final int PODS_PER_MACHINE = 30;

  public EndpointReport {
    rows = List.copyOf(rows);
  }

  /**
   * Changes of one Service's endpoints, in a cluster of that size.
   *
   * @param changes of EndpointSlices that the syncer heard of: a pod that goes makes two
   * @param callsPerChange writes to the cloud
   * @param bytesPerChange of these and of their answers
   * @param toTheCloud from the moment that a client sees the EndpointSlice until the cloud has it
   * @param sliceBytes of the Service's EndpointSlices, as JSON: what each kube-proxy would be sent
   *     for a change
   */
  public record Row(
      int pods,
      int services,
      ServiceKind kind,
      int changes,
      double callsPerChange,
      double bytesPerChange,
      Percentiles toTheCloud,
      long sliceBytes) {
    /** Computed: machines that would watch. */
    public int proxies() {
      return (pods + PODS_PER_MACHINE - 1) / PODS_PER_MACHINE;
    }

    /** Computed: what all of them would be sent for one change. */
    public long proxyBytesPerChange() {
      return proxies() * sliceBytes;
    }
  }

  /**
   * A Service with a load balancer that went from no pods to many.
   *
   * @param backendCalls calls that it took
   * @param took from the first create until the cloud had all
   */
  public record Burst(int pods, int backendCalls, Duration took) {}
}
