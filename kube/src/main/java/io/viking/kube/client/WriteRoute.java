package io.viking.kube.client;

import io.kubernetes.client.openapi.ApiClient;
import io.viking.kube.http2.Http2Client;
import io.viking.kube.http2.Http2Server;
import io.viking.kube.http2.Http2Timing;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the way that writes take: HTTP/2 of our own straight to the server, if nothing is between
 * it and us and its credentials are those that we know; else the client library's.
 */
final class WriteRoute {
  private static final Logger log = LoggerFactory.getLogger(WriteRoute.class);

  private WriteRoute() {}

  static Writes choose(
      ApiClient client,
      HttpUrl server,
      KubeClientConfig config,
      ApiCalls calls,
      RequestMetrics metrics) {
    var threaded = new ThreadedWrites(calls);
    if (!server.isHttps() || !isStraight(client.getHttpClient(), server)) {
      return threaded;
    }
    try {
      return new Http2Writes(
          new Http2Client(
              "kube-writes",
              new Http2Server(
                  server.host(),
                  server.port(),
                  NativeTls.context(client),
                  client.getHttpClient().hostnameVerifier()),
              config.connections(),
              new Http2Timing(config.connectTimeout(), config.callDeadline(), config.ping())),
          new Credentials(client),
          metrics,
          threaded);
    } catch (GeneralSecurityException e) {
      log.info("writes take the way of other calls, which costs more: no TLS for them", e);
      return threaded;
    }
  }

  /** No proxy, and nobody who does something to each request but us. */
  private static boolean isStraight(OkHttpClient http, HttpUrl server) {
    return isDirect(http.proxy() == null ? proxies(http, server) : List.of(http.proxy()))
        && http.interceptors().stream().allMatch(FileToken.class::isInstance);
  }

  private static List<Proxy> proxies(OkHttpClient http, HttpUrl server) {
    return http.proxySelector().select(server.uri());
  }

  private static boolean isDirect(List<Proxy> proxies) {
    return proxies.stream().allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
  }
}
