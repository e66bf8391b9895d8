package io.viking.controlplane.pki;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a certificate may stay: decided from the certificate, the plan and the time alone. */
sealed interface Renewal {

  /** It may stay. */
  record Keep() implements Renewal {}

  /** It must be made, or made anew, because of {@code why}. */
  record Renew(String why) implements Renewal {}

  /** Decides on an authority's own certificate; only its time can end it. */
  static Renewal ofAuthority(Optional<X509Certificate> present, Instant now) {
    return present.map(certificate -> byTime(certificate, now)).orElse(new Renew("it is new"));
  }

  /**
   * Decides on a certificate as planned.
   *
   * @param authority that should have signed it; empty if that is not ours to know
   */
  static Renewal of(
      CertificatePlan plan,
      Optional<X509Certificate> present,
      PublicKey key,
      Optional<X509Certificate> authority,
      Instant now) {
    if (present.isEmpty()) {
      return new Renew("it is new");
    }
    X509Certificate certificate = present.get();
    if (!certificate.getPublicKey().equals(key)) {
      return new Renew("its key is another");
    }
    if (authority.isPresent() && !signedBy(certificate, authority.get())) {
      return new Renew("its authority is another");
    }
    if (!Certificates.subject(plan).equals(Certificates.subject(certificate))) {
      return new Renew("its subject changed");
    }
    Set<String> hosts =
        plan.hosts().stream().map(Certificates::normalized).collect(Collectors.toSet());
    if (!hosts.equals(Certificates.hosts(certificate))) {
      return new Renew("its hosts changed");
    }
    return byTime(certificate, now);
  }

  /** A certificate is renewed when less than a third of its lifetime is left. */
  private static Renewal byTime(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      return new Renew("it is not valid yet: the clock was set back");
    }
    Duration third = Duration.between(from, until).dividedBy(3);
    return now.isAfter(until.minus(third)) ? new Renew("it expires at " + until) : new Keep();
  }

  private static boolean signedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
