package io.viking.controlplane.pki;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes X.509 certificates (RFC 5280) and reads the parts of them that matter here. */
final class Certificates {
  static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
  static final Duration LIFETIME = Duration.ofDays(365);

  /** Clients whose clocks run a little behind accept a new certificate. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  private Certificates() {}

  /** A certificate that an authority signs for itself. */
  static X509Certificate authority(
      AuthorityName name, KeyPair keys, Instant now, SecureRandom random) {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name.commonName()).build();
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      X509v3CertificateBuilder builder =
          builder(subject, subject, keys.getPublic(), now, AUTHORITY_LIFETIME, random)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
              .addExtension(
                  Extension.keyUsage,
                  true,
                  new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(keys.getPublic()));
      return signed(builder, keys);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make the certificate of " + name, e);
    }
  }

  /** A certificate for {@code key} as planned, signed by {@code issuer}. */
  static X509Certificate issue(
      CertificatePlan plan,
      PublicKey key,
      X509Certificate issuer,
      KeyPair issuerKeys,
      Instant now,
      SecureRandom random) {
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      X500Name issuerName = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
      X509v3CertificateBuilder builder =
          builder(issuerName, subject(plan), key, now, LIFETIME, random)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, purposes(plan))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  extensions.createAuthorityKeyIdentifier(issuer.getPublicKey()));
      if (!plan.hosts().isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names(plan.hosts()));
      }
      return signed(builder, issuerKeys);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make the certificate " + plan.name(), e);
    }
  }

  /** A request for a certificate as planned, in PEM. */
  static String request(CertificatePlan plan, KeyPair keys) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.subjectAlternativeName, false, names(plan.hosts()));
      return Pem.block(
          "CERTIFICATE REQUEST",
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal(subject(plan).getEncoded()), keys.getPublic())
              .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
              .build(signer(keys))
              .getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make the request for " + plan.name(), e);
    }
  }

  static X500Name subject(CertificatePlan plan) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    plan.organizations().forEach(organization -> name.addRDN(BCStyle.O, organization));
    return name.addRDN(BCStyle.CN, plan.commonName()).build();
  }

  static X500Name subject(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  /** The DNS names and addresses that a certificate is valid for. */
  static Set<String> hosts(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .map(name -> normalized(name.get(1).toString()))
              .collect(Collectors.toUnmodifiableSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }

  /** One spelling per host: {@code 0:0:0:0:0:0:0:1} is {@code ::1}. */
  static String normalized(String host) {
    return CertificatePlan.isAddress(host)
        ? InetAddresses.toAddrString(InetAddresses.forString(host))
        : host.toLowerCase(Locale.ROOT);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      Instant now,
      Duration lifetime,
      SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(lifetime)),
        subject,
        key);
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair keys)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer(keys)));
  }

  private static ContentSigner signer(KeyPair keys) throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
  }

  private static ExtendedKeyUsage purposes(CertificatePlan plan) {
    return new ExtendedKeyUsage(
        plan.usages().stream()
            .map(
                usage ->
                    switch (usage) {
                      case SERVER -> KeyPurposeId.id_kp_serverAuth;
                      case CLIENT -> KeyPurposeId.id_kp_clientAuth;
                    })
            .toArray(KeyPurposeId[]::new));
  }

  private static GeneralNames names(Set<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                host ->
                    new GeneralName(
                        CertificatePlan.isAddress(host)
                            ? GeneralName.iPAddress
                            : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }
}
