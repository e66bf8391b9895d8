package io.viking.syncer.network.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.syncer.network.service.NamespacedName;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;

class TlsSecretTest {
  private static final NamespacedName NAME = new NamespacedName("default", "cert");

  @Test
  void pair_isACertificate_namedByItsContent() throws Exception {
    KeyPair keys = keys("EC");
    var one = read(certificate(keys, "SHA256withECDSA"), pkcs8(keys));
    var same = (TlsSecret.Content.Pair) one.content();
    assertThat(same.certificate().getName()).matches("default/cert/[0-9a-f]{12}");
    assertThat(same.certificate().getKeyPair().getPrivateKey()).contains("PRIVATE KEY");

    KeyPair others = keys("RSA");
    var another =
        (TlsSecret.Content.Pair)
            read(certificate(others, "SHA256withRSA"), legacy(others)).content();
    assertThat(another.certificate().getName()).isNotEqualTo(same.certificate().getName());
  }

  @Test
  void whatCannotBeUsed_saysWhy() throws Exception {
    KeyPair keys = keys("EC");
    byte[] certificate = certificate(keys, "SHA256withECDSA");
    assertThat(why(Map.of())).isEqualTo("has no tls.crt");
    assertThat(why(Map.of("tls.crt", certificate))).isEqualTo("has no tls.key");
    assertThat(why(Map.of("tls.crt", "x".getBytes(StandardCharsets.UTF_8), "tls.key", pkcs8(keys))))
        .contains("tls.crt", "no certificate");
    assertThat(why(Map.of("tls.crt", certificate, "tls.key", certificate)))
        .contains("tls.key", "no private key");
    assertThat(why(Map.of("tls.crt", certificate, "tls.key", pkcs8(keys("EC")))))
        .contains("does not belong");
    assertThat(why(Map.of("tls.crt", certificate, "tls.key", pkcs8(keys("RSA")))))
        .contains("does not belong");
  }

  private static TlsSecret read(byte[] certificate, byte[] key) {
    return TlsSecret.read(NAME, Map.of("tls.crt", certificate, "tls.key", key));
  }

  private static String why(Map<String, byte[]> data) {
    return ((TlsSecret.Content.Unusable) TlsSecret.read(NAME, data).content()).why();
  }

  private static KeyPair keys(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    return generator.generateKeyPair();
  }

  private static byte[] certificate(KeyPair keys, String signature) throws Exception {
    X500Name name = new X500Name("CN=a.example");
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return pem(
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now),
                Date.from(now.plusSeconds(3600)),
                name,
                keys.getPublic())
            .build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
  }

  private static byte[] pkcs8(KeyPair keys) throws Exception {
    return pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  /** PKCS#1, as openssl wrote keys for long. */
  private static byte[] legacy(KeyPair keys) throws Exception {
    return pem(keys.getPrivate());
  }

  private static byte[] pem(Object object) throws Exception {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
