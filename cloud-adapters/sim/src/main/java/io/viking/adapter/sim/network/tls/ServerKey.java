package io.viking.adapter.sim.network.tls;

import io.viking.cloud.v1.KeyPair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate with its chain, and the key to it.
 *
 * @param chain the leaf first
 */
public record ServerKey(PrivateKey key, List<X509Certificate> chain) {
  private static final Duration SELF_SIGNED_FOR = Duration.ofDays(30);

  /**
   * Reads PEM: certificates in X.509; a key in PKCS #8, PKCS #1 or SEC 1, without a password.
   *
   * @throws UnusableKeyException if it cannot serve
   */
  public static ServerKey of(KeyPair pem) throws UnusableKeyException {
    List<X509Certificate> chain = chain(pem.getCertificateChain());
    PrivateKey key = key(pem.getPrivateKey());
    if (!belongs(key, chain.getFirst().getPublicKey())) {
      throw new UnusableKeyException("the private key is not that of the certificate");
    }
    return new ServerKey(key, chain);
  }

  private static List<X509Certificate> chain(String pem) throws UnusableKeyException {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
          .forEach(certificate -> chain.add((X509Certificate) certificate));
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException("the certificate chain is not X.509 in PEM");
    }
    if (chain.isEmpty()) {
      throw new UnusableKeyException("the certificate chain is empty");
    }
    return List.copyOf(chain);
  }

  private static PrivateKey key(String pem) throws UnusableKeyException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        // Its public half may be missing, and is not needed.
        if (found instanceof PEMKeyPair pair) {
          return converter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (found instanceof PrivateKeyInfo info) {
          return converter().getPrivateKey(info);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableKeyException("the private key cannot be read");
    }
    throw new UnusableKeyException("there is no private key without a password in PEM");
  }

  /** The name that Java gives to keys of elliptic curves is not the library's. */
  private static JcaPEMKeyConverter converter() {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    converter.setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
    return converter;
  }

  private static boolean belongs(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] probe = {1};
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(probe);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certified);
      verifying.update(probe);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** One that nobody vouches for, in the place of a certificate that the cloud keeps itself. */
  public static ServerKey selfSigned(String commonName, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      java.security.KeyPair pair = generator.generateKeyPair();
      X500Principal name = new X500Principal("CN=\"" + commonName.replaceAll("[\"\\\\]", "") + '"');
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v3CertificateBuilder(
                          name,
                          BigInteger.valueOf(now.toEpochMilli()),
                          Date.from(now.minus(Duration.ofHours(1))),
                          Date.from(now.plus(SELF_SIGNED_FOR)),
                          name,
                          pair.getPublic())
                      .build(
                          new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
      return new ServerKey(pair.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("This Java makes no EC certificates", e);
    }
  }
}
