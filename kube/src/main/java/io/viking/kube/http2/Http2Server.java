package io.viking.kube.http2;

import java.io.IOException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A server, and how it proves that it is the one that is meant.
 *
 * @param tls with the client's keys and its trust in authorities
 * @param verifier decides whether the server's certificate is for this host
 */
public record Http2Server(String host, int port, SSLContext tls, HostnameVerifier verifier) {
  private static final String HTTP_2 = "h2";
  private static final int HTTPS = 443;

  /** As requests name it. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == HTTPS ? name : name + ":" + port;
  }

  /** TLS of a connection that is to be made. */
  SSLEngine engine() {
    SSLEngine engine = tls.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {HTTP_2, "http/1.1"});
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * Whether calls may be sent where this TLS leads to.
   *
   * @throws SSLPeerUnverifiedException it is another server
   * @throws NoHttp2Exception it is the one, but speaks no HTTP/2
   */
  void requireFit(SSLEngine shaken) throws IOException {
    if (!verifier.verify(host, shaken.getSession())) {
      throw new SSLPeerUnverifiedException(
          "Hostname " + host + " not verified: the server's certificate is for another one");
    }
    String spoken = String.valueOf(shaken.getApplicationProtocol());
    if (!spoken.equals(HTTP_2)) {
      throw new NoHttp2Exception(authority(), spoken);
    }
  }
}
