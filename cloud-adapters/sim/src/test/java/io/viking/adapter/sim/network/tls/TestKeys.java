package io.viking.adapter.sim.network.tls;

import io.viking.cloud.v1.KeyPair;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates that sign themselves, as PEM. */
public final class TestKeys {
  private final java.security.KeyPair pair;
  private final X509Certificate certificate;

  private TestKeys(java.security.KeyPair pair, X509Certificate certificate) {
    this.pair = pair;
    this.certificate = certificate;
  }

  public static TestKeys of(String algorithm, String... names) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
      java.security.KeyPair pair = generator.generateKeyPair();
      X500Principal subject = new X500Principal("CN=" + names[0]);
      Instant now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.ONE,
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofHours(1))),
              subject,
              pair.getPublic());
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              Arrays.stream(names)
                  .map(name -> new GeneralName(GeneralName.dNSName, name))
                  .toArray(GeneralName[]::new)));
      String signer = algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      return new TestKeys(
          pair,
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder(signer).build(pair.getPrivate()))));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** The key as PKCS #8. */
  public KeyPair pem() {
    try {
      return pair(pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as PKCS #1 or SEC 1. */
  public KeyPair traditionalPem() {
    return pair(pem(pair.getPrivate() instanceof ECPrivateKey key ? sec1(key) : pair.getPrivate()));
  }

  /** As OpenSSL writes it; the library would leave the curve out. */
  private static PemObject sec1(ECPrivateKey key) {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    try {
      return new PemObject(
          "EC PRIVATE KEY",
          new org.bouncycastle.asn1.sec.ECPrivateKey(
                  256, key.getS(), info.getPrivateKeyAlgorithm().getParameters())
              .getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** This certificate with another's key. */
  public KeyPair withKeyOf(TestKeys other) {
    return pem().toBuilder().setPrivateKey(other.pem().getPrivateKey()).build();
  }

  private KeyPair pair(String key) {
    return KeyPair.newBuilder().setCertificateChain(pem(certificate)).setPrivateKey(key).build();
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }
}
