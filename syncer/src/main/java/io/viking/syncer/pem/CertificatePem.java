package io.viking.syncer.pem;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** X.509 certificates in PEM form. */
public final class CertificatePem {
  private CertificatePem() {}

  /**
   * All of them in their order, which for a chain is the leaf first.
   *
   * @throws CertificateException it holds something else
   */
  public static List<X509Certificate> chain(byte[] pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }
}
