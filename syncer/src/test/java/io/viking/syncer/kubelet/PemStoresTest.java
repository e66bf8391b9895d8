package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemStoresTest {
  @TempDir Path directory;
  TestPki.Identity identity;
  Path certificate;

  @BeforeEach
  void issue() throws Exception {
    identity = new TestPki().issue("CN=zone");
    certificate = TestPki.certificateFile(directory, identity);
  }

  @Test
  void showsAKeyInPkcs8() throws Exception {
    assertShown(TestPki.keyFile(directory, identity));
  }

  /** As openssl writes it: its curve once before it, and once within. */
  @Test
  void showsAKeyInSec1() throws Exception {
    var curve = SECObjectIdentifiers.secp256r1;
    BigInteger secret = secret(identity.keys().getPrivate());
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(new PemObject("EC PARAMETERS", curve.getEncoded()));
      writer.writeObject(
          new PemObject("EC PRIVATE KEY", new ECPrivateKey(256, secret, curve).getEncoded()));
    }
    assertShown(Files.writeString(directory.resolve("sec1.key"), text.toString()));
  }

  @Test
  void namesTheFileThatHoldsNoKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PemStores.shown(certificate, certificate))
        .withMessage(certificate + " holds no private key in PEM form, without a password");
  }

  /** SEC 1 without the curve within, which stands before it only. */
  @Test
  void namesTheFileWhoseKeyIsOfAnUnknownCurve() throws Exception {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(identity.keys().getPrivate());
    }
    Path key = Files.writeString(directory.resolve("bare.key"), text.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PemStores.shown(certificate, key))
        .withMessageStartingWith(key + " holds a private key that this Java cannot use: ");
  }

  @Test
  void namesTheFileThatHoldsNoCertificate() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.crt"), "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PemStores.trusted(empty))
        .withMessage(empty + " holds no certificate in PEM form");
  }

  @Test
  void trustsEachAuthorityOfAFile() throws Exception {
    TestPki one = new TestPki();
    String two =
        Files.readString(one.authorityFile(directory))
            + Files.readString(new TestPki().authorityFile(directory));
    Path bundle = Files.writeString(directory.resolve("bundle.crt"), two);
    X509Certificate issued = one.issue("CN=client").certificate();

    var trust = (X509TrustManager) PemStores.trusted(bundle)[0];

    assertThat(trust.getAcceptedIssuers()).hasSize(2);
    trust.checkClientTrusted(new X509Certificate[] {issued}, "EC");
  }

  private void assertShown(Path key) throws Exception {
    var shown = (X509KeyManager) PemStores.shown(certificate, key)[0];
    String alias = shown.getServerAliases("EC", null)[0];
    assertThat(secret(shown.getPrivateKey(alias))).isEqualTo(secret(identity.keys().getPrivate()));
    assertThat(shown.getCertificateChain(alias)).containsExactly(identity.certificate());
  }

  private static BigInteger secret(PrivateKey key) {
    return ((java.security.interfaces.ECPrivateKey) key).getS();
  }
}
