package io.viking.syncer.network.dns;

import java.util.List;

/**
 * Where records go.
 *
 * @param clusterDomain the zone of Services: "cluster.local"
 * @param ttl seconds, of every record
 */
public record DnsZones(String clusterDomain, int ttl) {
  public static final String REVERSE_IPV4 = "in-addr.arpa";
  public static final String REVERSE_IPV6 = "ip6.arpa";

  /** As short as CoreDNS has it: a pod that is gone is soon asked no more. */
  public static final DnsZones DEFAULT = new DnsZones("cluster.local", 5);

  public DnsZones {
    if (clusterDomain.isEmpty() || clusterDomain.endsWith(".")) {
      throw new IllegalArgumentException(
          "clusterDomain must be a domain without a trailing dot, as cluster.local; is \""
              + clusterDomain
              + "\"");
    }
    if (ttl < 1) {
      throw new IllegalArgumentException("ttl must be at least 1 s, is " + ttl);
    }
  }

  /** All of them. */
  public List<String> all() {
    return List.of(clusterDomain, REVERSE_IPV4, REVERSE_IPV6);
  }
}
