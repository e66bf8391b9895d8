package io.viking.controlplane.pki;

import io.viking.controlplane.data.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder of a cluster's keys and certificates. Keys are made once and stay; certificates are
 * made anew under the same key, authorities' included, so that whoever trusts the old one goes on
 * trusting what the new one signs. A missing file is made; a damaged one is refused by name.
 */
public final class Pki {
  private static final String SERVICE_ACCOUNT = "service-account";

  private final Path directory;
  private final Clock clock;
  private final SecureRandom random;

  public Pki(Path directory, Clock clock, SecureRandom random) {
    this.directory = directory;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes and renews what the plans need.
   *
   * @return what was written, each as {@code name: why}; empty if all may stay
   */
  public List<String> ensure(List<CertificatePlan> plans) {
    PrivateFiles.directory(directory);
    Instant now = clock.instant();
    List<String> written = new ArrayList<>();
    Map<AuthorityName, Authority> authorities = new EnumMap<>(AuthorityName.class);
    for (AuthorityName name : AuthorityName.values()) {
      authorities.put(name, ensure(name, now, written));
    }
    for (CertificatePlan plan : plans) {
      Authority authority = Objects.requireNonNull(authorities.get(plan.authority()));
      KeyPair keys = Keys.ensure(key(plan.name()), random);
      Path file = certificate(plan.name());
      switch (Renewal.of(
          plan, read(file), keys.getPublic(), Optional.of(authority.certificate()), now)) {
        case Renewal.Keep() -> {}
        case Renewal.Renew(String why) -> {
          X509Certificate made =
              Certificates.issue(
                  plan, keys.getPublic(), authority.certificate(), authority.keys(), now, random);
          PrivateFiles.write(file, Pem.of(made));
          written.add(plan.name() + ": " + why);
        }
      }
    }
    KeyPair serviceAccount = Keys.ensure(serviceAccountKey(), random);
    if (!Files.exists(serviceAccountPublicKey())) {
      PrivateFiles.write(serviceAccountPublicKey(), Pem.of(serviceAccount.getPublic()));
    }
    return List.copyOf(written);
  }

  /** Whether a certificate that somebody else signed may stay. */
  public boolean keeps(CertificatePlan plan) {
    PrivateFiles.directory(directory);
    KeyPair keys = Keys.ensure(key(plan.name()), random);
    Optional<X509Certificate> present = read(certificate(plan.name()));
    return switch (Renewal.of(plan, present, keys.getPublic(), Optional.empty(), clock.instant())) {
      case Renewal.Keep() -> true;
      case Renewal.Renew ignored -> false;
    };
  }

  /** The request (PKCS #10, in PEM) for somebody else to sign as planned; the key stays here. */
  public String request(CertificatePlan plan) {
    PrivateFiles.directory(directory);
    return Certificates.request(plan, Keys.ensure(key(plan.name()), random));
  }

  private Authority ensure(AuthorityName name, Instant now, List<String> written) {
    KeyPair keys = Keys.ensure(key(name.file()), random);
    Path file = authority(name);
    Optional<X509Certificate> present =
        read(file).filter(certificate -> certificate.getPublicKey().equals(keys.getPublic()));
    return switch (Renewal.ofAuthority(present, now)) {
      case Renewal.Keep() -> new Authority(present.orElseThrow(), keys);
      case Renewal.Renew(String why) -> {
        X509Certificate made = Certificates.authority(name, keys, now, random);
        PrivateFiles.write(file, Pem.of(made));
        written.add(name.file() + ": " + why);
        yield new Authority(made, keys);
      }
    };
  }

  private static Optional<X509Certificate> read(Path file) {
    return Files.exists(file) ? Optional.of(Pem.certificate(file)) : Optional.empty();
  }

  /** An authority's certificate. */
  public Path authority(AuthorityName name) {
    return certificate(name.file());
  }

  /** An authority's private key. */
  public Path authorityKey(AuthorityName name) {
    return key(name.file());
  }

  public Path certificate(String name) {
    return directory.resolve(name + ".crt");
  }

  public Path key(String name) {
    return directory.resolve(name + ".key");
  }

  /** Signs service-account tokens. */
  public Path serviceAccountKey() {
    return key(SERVICE_ACCOUNT);
  }

  /** Verifies service-account tokens. */
  public Path serviceAccountPublicKey() {
    return directory.resolve(SERVICE_ACCOUNT + ".pub");
  }

  private record Authority(X509Certificate certificate, KeyPair keys) {}
}
