package io.viking.adapter.kit.transport;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority and what it signs, as files. */
final class TestPki {
  private final Path directory;
  private final String name;
  private final KeyPair authority;

  TestPki(Path directory, String name) throws Exception {
    this.directory = directory;
    this.name = name;
    this.authority = newKey();
    write(name + "-ca.pem", certificate("ca", authority, true));
  }

  /** A certificate for 127.0.0.1 with its key, and the authority to check the other end with. */
  TransportSecurity.MutualTls issue(String holder) throws Exception {
    KeyPair key = newKey();
    String file = name + "-" + holder;
    write(file + ".pem", certificate(holder, key, false));
    write(file + ".key", new JcaPKCS8Generator(key.getPrivate(), null));
    return new TransportSecurity.MutualTls(
        directory.resolve(file + ".pem"),
        directory.resolve(file + ".key"),
        directory.resolve(name + "-ca.pem"));
  }

  private X509CertificateHolder certificate(String subject, KeyPair key, boolean isAuthority)
      throws Exception {
    Instant now = Instant.now();
    PrivateKey signer = authority.getPrivate();
    return new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + name),
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(1, ChronoUnit.HOURS)),
            Date.from(now.plus(1, ChronoUnit.HOURS)),
            new X500Name("CN=" + (isAuthority ? name : subject)),
            key.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority))
        .addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
  }

  private void write(String file, Object object) throws IOException {
    StringWriter pem = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
      writer.writeObject(object);
    }
    Files.writeString(directory.resolve(file), pem.toString());
  }

  private static KeyPair newKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
