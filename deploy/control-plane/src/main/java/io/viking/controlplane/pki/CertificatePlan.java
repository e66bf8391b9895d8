package io.viking.controlplane.pki;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Set;

/**
 * A certificate that should exist.
 *
 * @param name of its files
 * @param organizations Kubernetes reads them as the groups of the user {@code commonName}
 * @param hosts DNS names and IP literals it is valid for
 */
public record CertificatePlan(
    String name,
    AuthorityName authority,
    String commonName,
    List<String> organizations,
    Set<Usage> usages,
    Set<String> hosts) {

  /** What a certificate proves. */
  public enum Usage {
    SERVER,
    CLIENT
  }

  public CertificatePlan {
    organizations = List.copyOf(organizations);
    usages = ImmutableSortedSet.copyOf(usages);
    hosts = ImmutableSortedSet.copyOf(hosts);
  }

  public static CertificatePlan client(
      String name, AuthorityName authority, String commonName, String... organizations) {
    return new CertificatePlan(
        name, authority, commonName, List.of(organizations), Set.of(Usage.CLIENT), Set.of());
  }

  public static CertificatePlan server(
      String name, AuthorityName authority, String commonName, Set<String> hosts) {
    return new CertificatePlan(name, authority, commonName, List.of(), Set.of(Usage.SERVER), hosts);
  }

  static boolean isAddress(String host) {
    return InetAddresses.isInetAddress(host);
  }
}
