package io.viking.controlplane;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the API server dials the kubelet API of all zone nodes.
 *
 * @param address the nodes' InternalIP, and the address to listen on; an IP literal
 * @param port the port to listen on and to report in {@code
 *     status.daemonEndpoints.kubeletEndpoint}; kept in the data directory
 * @param certificate what to serve TLS with
 * @param clientAuthority the PEM of the CA that signs the API server's client certificate (in our
 *     own control planes {@code CN=kube-apiserver-kubelet-client}); empty if a foreign cluster does
 *     not publish it, then only bearer tokens can be verified
 */
public record KubeletEndpoint(
    String address, int port, ServingCertificate certificate, Optional<Path> clientAuthority) {

  public KubeletEndpoint {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is outside 1-65535");
    }
  }
}
