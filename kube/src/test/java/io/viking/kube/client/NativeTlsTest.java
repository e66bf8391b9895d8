package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.testing.TestingKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of the JDK's that asks for a client certificate. */
class NativeTlsTest {
  @TempDir private Path directory;
  private final List<String> callers = Collections.synchronizedList(new ArrayList<>());
  private HttpsServer server;
  private KeyStore serverKey;
  private KeyStore clientKey;

  @BeforeEach
  void serve() throws Exception {
    Assumptions.assumeTrue(
        Conscrypt.isAvailable(), "Conscrypt has no build for this machine; the JDK's TLS is used");
    serverKey = key("server", "ip:127.0.0.1");
    clientKey = key("client", "dns:nobody");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(asksForACertificate(TestingKeys.context(serverKey, clientKey)));
    server.createContext(
        "/",
        exchange -> {
          var session = ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
          callers.add(session.getPeerPrincipal().getName() + " " + session.getProtocol());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void call_serverOfTheKubeconfigsAuthority_goesThroughWithTheClientsCertificate()
      throws Exception {
    try (var clients = open("127.0.0.1", serverKey)) {
      assertThat(
              Conscrypt.isConscrypt(NativeTls.of(clients.apiClient()).build().sslSocketFactory()))
          .isTrue();
      assertThat(clients.api().get(ResourceType.PODS, "ns", "a")).isEmpty();
    }
    assertThat(callers).containsExactly("CN=client TLSv1.3");
  }

  @Test
  void call_serverOfAnotherAuthority_isRefusedHere() throws Exception {
    try (var clients = open("127.0.0.1", key("other", "ip:127.0.0.1"))) {
      assertThatThrownBy(() -> clients.api().get(ResourceType.PODS, "ns", "a"))
          .isInstanceOf(KubeApiException.class)
          .hasMessageContaining("no answer")
          .hasMessageContaining("certification path");
    }
    assertThat(callers).isEmpty();
  }

  @Test
  void call_nameThatTheCertificateDoesNotHave_isRefusedHere() throws Exception {
    try (var clients = open("localhost", serverKey)) {
      assertThatThrownBy(() -> clients.api().get(ResourceType.PODS, "ns", "a"))
          .isInstanceOf(KubeApiException.class)
          .hasMessageContaining("localhost not verified");
    }
    assertThat(callers).isEmpty();
  }

  @Test
  void write_serverWithoutHttp2_goesTheOtherWay() throws Exception {
    try (var clients = open("127.0.0.1", serverKey)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(
                () ->
                    clients.api().patch(ResourceType.PODS, "ns", "a", "", PatchFormat.MERGE, "{}"))
            .isInstanceOfSatisfying(
                KubeApiException.class, e -> assertThat(e.isNotFound()).isTrue());
      }
    }
    assertThat(callers).containsExactly("CN=client TLSv1.3", "CN=client TLSv1.3");
  }

  @Test
  void write_nameThatTheCertificateDoesNotHave_isRefusedHere() throws Exception {
    try (var clients = open("localhost", serverKey)) {
      assertThatThrownBy(
              () -> clients.api().patch(ResourceType.PODS, "ns", "a", "", PatchFormat.MERGE, "{}"))
          .isInstanceOf(KubeApiException.class)
          .hasMessageContaining("no answer")
          .hasMessageContaining("localhost not verified");
    }
    assertThat(callers).isEmpty();
  }

  private KubeClients open(String host, KeyStore authority) throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{name: c, cluster: {server: "https://%s:%d", certificate-authority-data: %s}}]
            users: [{name: u, user: {client-certificate-data: %s, client-key-data: %s}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            """
                .formatted(
                    host,
                    server.getAddress().getPort(),
                    base64(certificate(authority)),
                    base64(certificate(clientKey)),
                    base64(
                        pem(
                            "PRIVATE KEY",
                            clientKey
                                .getKey(TestingKeys.ALIAS, TestingKeys.PASSWORD)
                                .getEncoded()))));
    return KubeClients.of(config, KubeClientConfig.DEFAULT, new SimpleMeterRegistry());
  }

  private KeyStore key(String name, String alternative) throws Exception {
    return TestingKeys.make(directory, name, alternative);
  }

  private static HttpsConfigurator asksForACertificate(SSLContext context) {
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters connection) {
        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
        wanted.setNeedClientAuth(true);
        connection.setSSLParameters(wanted);
      }
    };
  }

  private static String certificate(KeyStore store) throws GeneralSecurityException {
    return pem("CERTIFICATE", store.getCertificate(TestingKeys.ALIAS).getEncoded());
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes());
  }
}
