package io.viking.syncer.kubelet;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and as whom the kubelet API is served.
 *
 * @param listenAddress an IP literal
 * @param port 0 = any free one
 * @param certificate PEM; read again when it changes
 * @param key PEM: PKCS#8, PKCS#1 or SEC 1, without a password; read again when it changes
 * @param clientAuthority PEM of the CA that signs the API server's client certificate; empty:
 *     callers show a bearer token
 * @param limits how long a connection may stand without anything happening on it
 */
public record KubeletConfig(
    String listenAddress,
    int port,
    Path certificate,
    Path key,
    Optional<Path> clientAuthority,
    ConnectionLimits limits) {
  public KubeletConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, is " + port);
    }
  }
}
