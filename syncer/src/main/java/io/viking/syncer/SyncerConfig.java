package io.viking.syncer;

import io.viking.syncer.pods.PodsConfig;
import java.time.Duration;

/**
 * All settings of the syncer.
 *
 * @param nodeAddress the InternalIP of every zone node, where the API server reaches the kubelet
 *     API
 * @param startRetry between attempts to reach the API server and the adapter at start
 */
public record SyncerConfig(String nodeAddress, Duration startRetry, PodsConfig pods) {
  public SyncerConfig {
    if (nodeAddress.isBlank()) {
      throw new IllegalArgumentException(
          "nodeAddress must be an IP address that the API server reaches, is empty");
    }
    if (startRetry.isNegative() || startRetry.isZero()) {
      throw new IllegalArgumentException("startRetry must be above 0, is " + startRetry);
    }
  }

  /** Everything but the address has a default. */
  public static SyncerConfig withDefaults(String nodeAddress) {
    return new SyncerConfig(nodeAddress, Duration.ofSeconds(1), PodsConfig.DEFAULT);
  }
}
