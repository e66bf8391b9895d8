package io.viking.adapter.kit.transport;

import java.nio.file.Path;

/** How a TCP connection is secured. In process and Unix sockets need none: files guard them. */
public sealed interface TransportSecurity {
  /**
   * TLS on which both ends show a certificate that the authority signed. All files are PEM;
   * certificate and key are read again when they were replaced.
   *
   * @param certificate this end's own chain, leaf first
   * @param key this end's private key: PKCS#8, or PKCS#1 of RSA
   * @param authority the certificates that the other end's must chain to
   */
  record MutualTls(Path certificate, Path key, Path authority) implements TransportSecurity {}

  /** None, which is refused on anything but a loopback address. For trying things out. */
  record Insecure() implements TransportSecurity {}

  static TransportSecurity mutualTls(Path certificate, Path key, Path authority) {
    return new MutualTls(certificate, key, authority);
  }

  static TransportSecurity insecure() {
    return new Insecure();
  }
}
