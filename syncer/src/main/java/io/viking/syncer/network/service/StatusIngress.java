package io.viking.syncer.network.service;

import java.util.List;

/**
 * Where a status says that a load balancer is reached.
 *
 * @param ip empty if there is a host name
 * @param ports in the status' order
 */
public record StatusIngress(String ip, String hostname, List<Port> ports) {
  /** A port that is served there. */
  public record Port(int port, String protocol) {}

  public StatusIngress {
    ports = List.copyOf(ports);
  }
}
