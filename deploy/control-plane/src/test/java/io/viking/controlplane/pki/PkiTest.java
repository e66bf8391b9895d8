package io.viking.controlplane.pki;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.controlplane.ControlPlaneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final CertificatePlan SERVER =
      CertificatePlan.server("server", CLUSTER, "server", Set.of("localhost", "127.0.0.1", "::1"));
  private static final CertificatePlan ADMIN =
      CertificatePlan.client("admin", CLUSTER, "someone", "system:masters");

  @TempDir Path folder;

  @Test
  void ensure_emptyFolder_makesEverything() throws Exception {
    assertThat(at(START).ensure(List.of(SERVER, ADMIN)))
        .containsExactly(
            "ca: it is new",
            "front-proxy-ca: it is new",
            "etcd-ca: it is new",
            "adapter-ca: it is new",
            "server: it is new",
            "admin: it is new");
    X509Certificate authority = certificate("ca");
    X509Certificate server = certificate("server");
    server.verify(authority.getPublicKey());
    assertThat(authority.getBasicConstraints()).isNotNegative();
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(Certificates.hosts(server))
        .containsExactlyInAnyOrder("localhost", "127.0.0.1", "::1");
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate("admin").getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(certificate("admin").getSubjectX500Principal().getName())
        .isEqualTo("CN=someone,O=system:masters");
    for (String key : List.of("ca.key", "server.key", "admin.key", "service-account.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key))))
          .as(key)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void ensure_again_changesNothing() {
    at(START).ensure(List.of(SERVER, ADMIN));
    assertThat(at(START.plus(Duration.ofDays(240))).ensure(List.of(SERVER, ADMIN))).isEmpty();
  }

  @Test
  void ensure_lessThanAThirdLeft_renewsUnderTheSameKey() {
    at(START).ensure(List.of(SERVER));
    X509Certificate before = certificate("server");
    assertThat(at(START.plus(Duration.ofDays(250))).ensure(List.of(SERVER)))
        .singleElement()
        .asString()
        .startsWith("server: it expires at 2027-01-01");
    X509Certificate after = certificate("server");
    assertThat(after.getNotAfter()).isAfter(before.getNotAfter());
    assertThat(after.getPublicKey()).isEqualTo(before.getPublicKey());
  }

  @Test
  void ensure_agedAuthority_isRenewedAndWhatItSignedStays() throws Exception {
    Instant later = START.plus(Certificates.AUTHORITY_LIFETIME.multipliedBy(3).dividedBy(4));
    at(START).ensure(List.of());
    at(later.minusSeconds(1)).ensure(List.of(SERVER));
    X509Certificate server = certificate("server");
    at(later).ensure(List.of(SERVER));
    assertThat(certificate("ca").getNotAfter().toInstant())
        .isAfter(later.plus(Duration.ofDays(3649)));
    assertThat(certificate("server")).isEqualTo(server);
    server.verify(certificate("ca").getPublicKey());
  }

  @Test
  void ensure_changedPlan_renews() {
    at(START).ensure(List.of(SERVER, ADMIN));
    CertificatePlan moved =
        CertificatePlan.server("server", CLUSTER, "server", Set.of("localhost", "10.0.0.7"));
    CertificatePlan demoted = CertificatePlan.client("admin", CLUSTER, "someone");
    assertThat(at(START).ensure(List.of(moved, demoted)))
        .containsExactly("server: its hosts changed", "admin: its subject changed");
  }

  @Test
  void ensure_lostKeys_renewsWhatDependsOnThem() throws Exception {
    at(START).ensure(List.of(SERVER, ADMIN));
    Files.delete(folder.resolve("admin.key"));
    assertThat(at(START).ensure(List.of(SERVER, ADMIN)))
        .containsExactly("admin: its key is another");
    Files.delete(folder.resolve("ca.key"));
    assertThat(at(START).ensure(List.of(SERVER, ADMIN)))
        .containsExactly(
            "ca: it is new", "server: its authority is another", "admin: its authority is another");
  }

  @Test
  void ensure_clockSetBack_renews() {
    at(START).ensure(List.of(SERVER));
    assertThat(at(START.minus(Duration.ofDays(1))).ensure(List.of(SERVER)))
        .contains("server: it is not valid yet: the clock was set back");
  }

  @Test
  void ensure_damagedCertificate_isRefusedByName() throws Exception {
    at(START).ensure(List.of(SERVER));
    Files.writeString(folder.resolve("server.crt"), "soup");
    assertThatThrownBy(() -> at(START).ensure(List.of(SERVER)))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("server.crt is not a certificate in PEM: delete it");
  }

  private Pki at(Instant now) {
    return new Pki(folder, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
  }

  private X509Certificate certificate(String name) {
    return Pem.certificate(folder.resolve(name + ".crt"));
  }
}
