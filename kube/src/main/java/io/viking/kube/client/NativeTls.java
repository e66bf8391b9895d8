package io.viking.kube.client;

import io.kubernetes.client.openapi.ApiClient;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.conscrypt.Conscrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS by native code (Conscrypt, which is BoringSSL), where there is a build of it for this
 * machine.
 *
 * <p>The JDK's own is as fast only after C2 has compiled it: AES and GHASH are intrinsics of that
 * compiler alone. With C1, and in everybody's first minute, they cost more than reading the JSON
 * that they protect. Who is trusted stays the kubeconfig's and the JDK's decision.
 */
final class NativeTls {
  private static final Logger log = LoggerFactory.getLogger(NativeTls.class);

  private NativeTls() {}

  /** The client's own HTTP client to build on, with its keys and its trust. */
  static OkHttpClient.Builder of(ApiClient client) {
    OkHttpClient.Builder builder = client.getHttpClient().newBuilder();
    trust(client)
        .ifPresent(
            trust ->
                context(client, trust)
                    .ifPresent(tls -> builder.sslSocketFactory(tls.getSocketFactory(), trust)));
    return builder;
  }

  /** The client's keys and its trust, by the JDK's TLS if there is no native one. */
  static SSLContext context(ApiClient client) throws GeneralSecurityException {
    Optional<Trust> trust = trust(client);
    Optional<SSLContext> found = trust.flatMap(by -> context(client, by));
    if (found.isPresent()) {
      return found.get();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        client.getKeyManagers(), trust.map(by -> new TrustManager[] {by.jdk()}).orElse(null), null);
    return context;
  }

  private static Optional<Trust> trust(ApiClient client) {
    return Optional.ofNullable(client.getHttpClient().x509TrustManager()).map(Trust::new);
  }

  private static Optional<SSLContext> context(ApiClient client, Trust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS", Conscrypt.newProvider());
      context.init(client.getKeyManagers(), new TrustManager[] {trust}, null);
      return Optional.of(context);
    } catch (GeneralSecurityException | UnsatisfiedLinkError notHere) {
      log.info("TLS by the JDK, which costs more: no native one ({})", notHere.toString());
      return Optional.empty();
    }
  }

  /**
   * The JDK's judgement. Since TLS 1.3 a cipher suite does not name the kind of the server's key
   * any more; the JDK says UNKNOWN then and Conscrypt GENERIC, which the JDK does not know.
   */
  private record Trust(X509TrustManager jdk) implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyKind)
        throws CertificateException {
      jdk.checkServerTrusted(chain, keyKind.equals("GENERIC") ? "UNKNOWN" : keyKind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyKind)
        throws CertificateException {
      jdk.checkClientTrusted(chain, keyKind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return jdk.getAcceptedIssuers();
    }
  }
}
