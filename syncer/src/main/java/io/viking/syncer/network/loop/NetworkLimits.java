package io.viking.syncer.network.loop;

import io.viking.cloud.v1.GetInfoResponse;
import java.time.Duration;

/**
 * What the adapter can do, and how much of it in one call.
 *
 * @param backendInterval from one call for a load balancer's backends to the next
 * @param bytes of one request
 */
public record NetworkLimits(
    boolean balancers,
    boolean records,
    int backendItems,
    Duration backendInterval,
    int recordItems,
    int bytes) {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  /** The call's own fields around its items. */
  private static final int ENVELOPE = 512;

  public static NetworkLimits of(GetInfoResponse info) {
    var limits = info.getLimits();
    int bytes = limits.getBatchBytes() <= 0 ? MOST_BYTES : limits.getBatchBytes();
    return new NetworkLimits(
        info.getCapabilities().getLoadBalancers(),
        info.getCapabilities().getPrivateDns(),
        Math.max(1, limits.getBackendBatchItems()),
        Duration.ofMillis(Math.max(0, limits.getBackendIntervalMillis())),
        Math.max(1, limits.getRecordBatchItems()),
        Math.min(bytes, MOST_BYTES) - ENVELOPE);
  }
}
