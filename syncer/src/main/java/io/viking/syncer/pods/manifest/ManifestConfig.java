package io.viking.syncer.pods.manifest;

import java.util.List;

/**
 * What a pod is told about the cluster that it runs in.
 *
 * @param apiServerHost where pods reach the API server: an address that its certificate names
 * @param nodeAddress the InternalIP of every zone node, which is {@code status.hostIP} of every pod
 * @param dns how names are resolved in pods
 */
public record ManifestConfig(String apiServerHost, int apiServerPort, String nodeAddress, Dns dns) {
  public ManifestConfig {
    if (apiServerHost.isEmpty()) {
      throw new IllegalArgumentException("apiServerHost must not be empty");
    }
    if (apiServerPort < 1 || apiServerPort > 65535) {
      throw new IllegalArgumentException(
          "apiServerPort must be from 1 to 65535, is " + apiServerPort);
    }
    if (nodeAddress.isEmpty()) {
      throw new IllegalArgumentException("nodeAddress must not be empty");
    }
  }

  /**
   * @param clusterNameservers for dnsPolicy ClusterFirst; empty: as for Default
   * @param poolNameservers for dnsPolicy Default; empty: left to the instance
   * @param poolKnowsCluster whether the instances' own resolver knows the cluster's names, so that
   *     ClusterFirst needs the search list alone
   * @param clusterDomain "cluster.local"
   */
  public record Dns(
      List<String> clusterNameservers,
      List<String> poolNameservers,
      boolean poolKnowsCluster,
      String clusterDomain) {
    public static final Dns NONE = new Dns(List.of(), List.of(), false, "cluster.local");

    public Dns {
      clusterNameservers = List.copyOf(clusterNameservers);
      poolNameservers = List.copyOf(poolNameservers);
    }
  }
}
