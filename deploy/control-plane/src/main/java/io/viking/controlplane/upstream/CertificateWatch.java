package io.viking.controlplane.upstream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the certificates of a control plane that runs for months. */
final class CertificateWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration INTERVAL = Duration.ofHours(6);

  private final Credentials credentials;
  private final CountDownLatch closed = new CountDownLatch(1);

  private CertificateWatch(Credentials credentials) {
    this.credentials = credentials;
  }

  static CertificateWatch start(Credentials credentials) {
    CertificateWatch watch = new CertificateWatch(credentials);
    Thread.ofVirtual().name("certificate-watch").start(watch::run);
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(INTERVAL.toSeconds(), TimeUnit.SECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    try {
      List<String> written = credentials.ensure();
      if (!written.isEmpty()) {
        log.info("renewed certificates: {}", written);
      }
    } catch (RuntimeException e) {
      log.warn("certificates could not be renewed; trying again in {}", INTERVAL, e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
