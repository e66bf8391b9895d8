package io.viking.syncer.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.syncer.testing.FakeKubeApi;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The node lifecycle controller takes a renewal with an earlier time for none. */
class NodeLeasesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

  private final FakeKubeApi api = new FakeKubeApi();
  private Instant now = TEN;
  private final NodeLeases leases =
      new NodeLeases(api, () -> Set.of("zone-a"), Duration.ofSeconds(10), () -> now);

  @Test
  void clockGoesOn_renewalsFollowIt() {
    leases.renew("zone-a");
    now = TEN.plusSeconds(10);
    leases.renew("zone-a");

    assertThat(lastRenewal()).isEqualTo("2026-11-21T10:00:10.000000Z");
  }

  @Test
  void clockSetBack_renewalsStillGoForward() {
    leases.renew("zone-a");
    now = TEN.minusSeconds(300);
    leases.renew("zone-a");
    assertThat(lastRenewal()).isEqualTo("2026-11-21T10:00:00.000001Z");

    leases.renew("zone-a");
    assertThat(lastRenewal()).isEqualTo("2026-11-21T10:00:00.000002Z");
  }

  @Test
  void leaseOfAProcessWithAFasterClock_isRenewedAllTheSame() {
    api.with(ResourceType.LEASES, lease(TEN.plusSeconds(90)));

    leases.renew("zone-a");

    assertThat(lastRenewal()).isEqualTo("2026-11-21T10:01:30.000001Z");
  }

  @Test
  void leaseThatCannotBeRead_isReadAtTheNextRenewal() {
    api.with(ResourceType.LEASES, lease(TEN.plusSeconds(90)));
    api.failWith(
        Optional.of(new KubeApiException(500, "InternalError", "not now", Optional.empty())));
    leases.renew("zone-a");
    api.failWith(Optional.empty());

    leases.renew("zone-a");

    assertThat(lastRenewal()).isEqualTo("2026-11-21T10:01:30.000001Z");
  }

  @Test
  void renewalThatHangs_holdsUpNoOtherNode() {
    var answers = new CountDownLatch(1);
    api.beforeAnswers(
        call -> {
          if (call.endsWith("/zone-a")) {
            Uninterruptibles.awaitUninterruptibly(answers);
          }
        });
    try (var both = new NodeLeases(api, () -> Set.of("zone-a", "zone-b"), HOUR, () -> now)) {
      both.start();

      await().until(() -> patched().contains("/zone-b"));
      assertThat(patched()).doesNotContain("/zone-a");

      answers.countDown();
      await().until(() -> patched().contains("/zone-a"));
    }
  }

  @Test
  void renewalThatFailed_isTriedAgainLongBeforeTheNextIsDue() {
    api.failWith(
        Optional.of(new KubeApiException(500, "InternalError", "not now", Optional.empty())));
    try (var hourly = new NodeLeases(api, () -> Set.of("zone-a"), HOUR, () -> now)) {
      hourly.start();
      await().until(() -> !api.calls().isEmpty());
      api.failWith(Optional.empty());

      await().until(() -> !api.patches().isEmpty());
    }
  }

  private String patched() {
    return api.patches().toString();
  }

  private String lastRenewal() {
    String json = api.patches().getLast().json();
    return json.replaceAll(".*\"renewTime\":\"([^\"]*)\".*", "$1");
  }

  private static V1Lease lease(Instant renewed) {
    return new V1Lease()
        .metadata(new V1ObjectMeta().namespace("kube-node-lease").name("zone-a"))
        .spec(new V1LeaseSpec().renewTime(renewed.atOffset(ZoneOffset.UTC)));
  }
}
