package io.viking.syncer.network.service;

import java.util.List;

/** An EndpointSlice of a Service. */
public record Slice(
    NamespacedName name,
    NamespacedName service,
    AddressType addressType,
    List<ServicePort> ports,
    List<Endpoint> endpoints) {

  /** As in {@code addressType}. */
  public enum AddressType {
    IPV4,
    IPV6,
    FQDN
  }

  public Slice {
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }
}
