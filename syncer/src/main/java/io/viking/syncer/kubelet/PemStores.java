package io.viking.syncer.kubelet;

import io.viking.syncer.pem.CertificatePem;
import io.viking.syncer.pem.PrivateKeyPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * What TLS shows and trusts, from files in PEM form. Netty would read the files, too, but has all
 * of Bouncy Castle's provider set up for it, whatever the key: 690 classes and 6 MB.
 */
final class PemStores {
  private static final char[] NO_PASSWORD = {};

  private PemStores() {}

  /**
   * @param key PKCS#8, PKCS#1 or SEC 1
   * @throws IOException a file cannot be read
   * @throws IllegalArgumentException it holds no certificate, or no key that can be used; the text
   *     names it
   */
  static KeyManager[] shown(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setKeyEntry(
        "key",
        privateKey(key),
        NO_PASSWORD,
        certificates(certificate).toArray(X509Certificate[]::new));
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    return managers.getKeyManagers();
  }

  /**
   * @throws IOException the file cannot be read
   * @throws IllegalArgumentException it holds no certificate; the text names it
   */
  static TrustManager[] trusted(Path authorities) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (X509Certificate authority : certificates(authorities)) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      return CertificatePem.chain(Files.readAllBytes(file));
    } catch (CertificateException none) {
      throw new IllegalArgumentException(file + " holds no certificate in PEM form", none);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException {
    PrivateKeyInfo info =
        PrivateKeyPem.find(Files.readAllBytes(file))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        file + " holds no private key in PEM form, without a password"));
    var converter = new JcaPEMKeyConverter();
    // The name that Java gives to keys of elliptic curves is not the library's.
    converter.setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
    try {
      return converter.getPrivateKey(info);
    } catch (PEMException unknown) {
      throw new IllegalArgumentException(
          file + " holds a private key that this Java cannot use: " + unknown.getMessage(),
          unknown);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
