package io.viking.bench.rival;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks a server on the loopback address whether it serves: 200 is yes, anything else is no. One
 * whose certificate is its own is trusted by the file into which it wrote that.
 */
final class Serving implements BooleanSupplier {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final URI address;
  private final Optional<Path> certificate;

  private Serving(URI address, Optional<Path> certificate) {
    this.address = address;
    this.certificate = certificate;
  }

  static Serving plain(int port, String path) {
    return new Serving(URI.create("http://127.0.0.1:" + port + path), Optional.empty());
  }

  /**
   * @param certificate PEM; may not be there yet
   */
  static Serving selfSigned(int port, String path, Path certificate) {
    return new Serving(URI.create("https://127.0.0.1:" + port + path), Optional.of(certificate));
  }

  @Override
  public boolean getAsBoolean() {
    try {
      HttpClient.Builder builder =
          HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1);
      if (certificate.isPresent()) {
        builder.sslContext(trusting(certificate.get()));
      }
      try (HttpClient client = builder.build()) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
      }
    } catch (IOException | GeneralSecurityException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int count = 0;
    try (InputStream in = Files.newInputStream(pem)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("c" + count++, one);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
