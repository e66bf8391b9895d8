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
   * All of them, one at least, in their order, which for a chain is the leaf first.
   *
   * @throws CertificateException it holds none, or something else
   */
  public static List<X509Certificate> chain(byte[] pem) throws CertificateException {
    List<X509Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (chain.isEmpty()) {
      throw new CertificateException("there is no certificate");
    }
    return chain;
  }
}
