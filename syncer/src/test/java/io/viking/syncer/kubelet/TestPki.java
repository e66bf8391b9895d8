package io.viking.syncer.kubelet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test. */
final class TestPki {
  record Identity(X509Certificate certificate, KeyPair keys) {}

  private final Identity authority;

  TestPki() throws Exception {
    KeyPair keys = keys();
    authority = new Identity(certificate("CN=test-ca", keys, "CN=test-ca", keys, true), keys);
  }

  Identity issue(String subject) throws Exception {
    KeyPair keys = keys();
    return new Identity(certificate(subject, keys, "CN=test-ca", authority.keys(), false), keys);
  }

  Path authorityFile(Path directory) throws IOException, GeneralSecurityException {
    return pem(directory.resolve("ca.crt"), "CERTIFICATE", authority.certificate().getEncoded());
  }

  static Path certificateFile(Path directory, Identity identity)
      throws IOException, GeneralSecurityException {
    return pem(directory.resolve("tls.crt"), "CERTIFICATE", identity.certificate().getEncoded());
  }

  static Path keyFile(Path directory, Identity identity) throws IOException {
    return pem(
        directory.resolve("tls.key"), "PRIVATE KEY", identity.keys().getPrivate().getEncoded());
  }

  /** A client's TLS that trusts this authority and shows an identity, or none. */
  SSLContext client(Optional<Identity> identity) throws Exception {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("ca", authority.certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore own = empty();
    if (identity.isPresent()) {
      own.setKeyEntry(
          "me",
          identity.get().keys().getPrivate(),
          new char[0],
          new X509Certificate[] {identity.get().certificate()});
    }
    keyManagers.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String subject, KeyPair keys, String issuer, KeyPair issuerKeys, boolean authority)
      throws OperatorCreationException, IOException, GeneralSecurityException {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(3600)),
            new X500Name(subject),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    byte[] encoded =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static Path pem(Path file, String type, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
