package io.viking.syncer.nodes;

import java.time.Duration;

/**
 * What zone nodes say of themselves.
 *
 * @param adapterName InfoService's; the scheme of providerID is {@code viking-<adapterName>}
 * @param kubeletVersion as in {@code kubectl get nodes}: "v1.36.3-viking.0.1.0"
 * @param internalIp where the API server dials the kubelet API; an IP literal
 * @param kubeletPort of the kubelet API, shared by all zone nodes
 * @param leaseInterval between renewals; a quarter of the lease's duration
 * @param heartbeatInterval between status writes when nothing changes
 */
public record ZoneNodeConfig(
    String adapterName,
    String kubeletVersion,
    String internalIp,
    int kubeletPort,
    Duration leaseInterval,
    Duration heartbeatInterval) {

  public static final Duration LEASE_INTERVAL = Duration.ofSeconds(10);

  /** Of one call for a lease: a quarter of the lease's duration, as a kubelet has it. */
  public static final Duration LEASE_DEADLINE = Duration.ofSeconds(10);

  public static final Duration HEARTBEAT_INTERVAL = Duration.ofMinutes(5);

  public ZoneNodeConfig {
    if (kubeletPort < 1 || kubeletPort > 65535) {
      throw new IllegalArgumentException("kubeletPort must be from 1 to 65535, is " + kubeletPort);
    }
    if (!leaseInterval.isPositive() || !heartbeatInterval.isPositive()) {
      throw new IllegalArgumentException("leaseInterval and heartbeatInterval must be positive");
    }
  }

  public ZoneNodeConfig(
      String adapterName, String kubeletVersion, String internalIp, int kubeletPort) {
    this(adapterName, kubeletVersion, internalIp, kubeletPort, LEASE_INTERVAL, HEARTBEAT_INTERVAL);
  }

  String providerScheme() {
    return "viking-" + adapterName + "://";
  }
}
