package io.viking.syncer.kubelet;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS from files that are renewed in place: a new connection sees the newest. */
final class ServingTls {
  private static final Logger log = LoggerFactory.getLogger(ServingTls.class);

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final TrustManager[] NOBODY = {};

  private record Loaded(List<FileTime> times, SslContext context) {}

  private final KubeletConfig config;
  private Loaded loaded;

  /**
   * @throws UncheckedIOException the files cannot be read
   * @throws IllegalArgumentException they hold no key and certificate
   */
  ServingTls(KubeletConfig config) {
    this.config = config;
    try {
      this.loaded = new Loaded(times(), load());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  synchronized SslContext context() {
    try {
      List<FileTime> times = times();
      if (!times.equals(loaded.times())) {
        loaded = new Loaded(times, load());
        log.info("serving with the renewed certificate {}", config.certificate());
      }
    } catch (IOException | RuntimeException halfWritten) {
      log.warn(
          "{} cannot be read now, the certificate of before is served on: {}",
          config.certificate(),
          halfWritten.toString());
    }
    return loaded.context();
  }

  private List<FileTime> times() throws IOException {
    List<FileTime> times = new ArrayList<>();
    times.add(Files.getLastModifiedTime(config.certificate()));
    times.add(Files.getLastModifiedTime(config.key()));
    if (config.clientAuthority().isPresent()) {
      times.add(Files.getLastModifiedTime(config.clientAuthority().get()));
    }
    return times;
  }

  private SslContext load() throws IOException {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(PemStores.shown(config.certificate(), config.key()), trusted(), null);
      return new JdkSslContext(
          tls,
          false,
          null,
          SupportedCipherSuiteFilter.INSTANCE,
          ApplicationProtocolConfig.DISABLED,
          config.clientAuthority().isPresent() ? ClientAuth.OPTIONAL : ClientAuth.NONE,
          PROTOCOLS,
          false);
    } catch (GeneralSecurityException refused) {
      throw new IllegalArgumentException(
          "TLS cannot be served with %s and %s: %s"
              .formatted(config.certificate(), config.key(), refused.getMessage()),
          refused);
    }
  }

  private TrustManager[] trusted() throws IOException, GeneralSecurityException {
    return config.clientAuthority().isPresent()
        ? PemStores.trusted(config.clientAuthority().get())
        : NOBODY;
  }
}
