package io.viking.controlplane.pki;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the certificates of a process that runs for months. */
public final class CertificateWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration INTERVAL = Duration.ofHours(6);

  private final Supplier<List<String>> ensure;
  private final CountDownLatch closed = new CountDownLatch(1);

  private CertificateWatch(Supplier<List<String>> ensure) {
    this.ensure = ensure;
  }

  /**
   * Begins; looks every six hours.
   *
   * @param ensure makes and renews what is needed, and says what it wrote
   */
  public static CertificateWatch start(Supplier<List<String>> ensure) {
    CertificateWatch watch = new CertificateWatch(ensure);
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
      List<String> written = ensure.get();
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
