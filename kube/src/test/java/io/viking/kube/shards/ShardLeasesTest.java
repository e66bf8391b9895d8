package io.viking.kube.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardLeasesTest {
  private static final ElectionConfig CONFIG =
      new ElectionConfig("viking-syncer", "me", Duration.ofSeconds(3));
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final List<V1Lease> present = new ArrayList<>();
  private final List<V1Lease> replaced = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private boolean away;
  private boolean isChanged;

  private static V1Lease lease(String name, String holder, Instant renewed) {
    return new V1Lease()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1LeaseSpec()
                .holderIdentity(holder)
                .leaseDurationSeconds(3)
                .renewTime(renewed.atOffset(ZoneOffset.UTC)));
  }

  private static V1Lease lease(String name, String holder) {
    return lease(name, holder, NOON);
  }

  private static String holder(V1Lease lease) {
    return lease.getSpec().getHolderIdentity();
  }

  private void present(V1Lease... leases) {
    present.clear();
    present.addAll(List.of(leases));
  }

  private ShardLeases leases(int shards) {
    var api =
        new UnsupportedKubeApi() {
          @Override
          @SuppressWarnings("unchecked")
          public <T extends KubernetesObject> List<T> list(
              ResourceType<T> type, String namespace, String fieldSelector) {
            if (away) {
              throw new KubeApiException("no answer", new IllegalStateException("away"));
            }
            return (List<T>) List.copyOf(present);
          }

          @Override
          public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
            if (isChanged) {
              throw new KubeApiException(409, "Conflict", "it is another now", Optional.empty());
            }
            replaced.add((V1Lease) object);
            return object;
          }
        };
    return new ShardLeases(CONFIG, shards, api, () -> now.toNanos());
  }

  private static void assertObstacle(ShardLeases leases, String name) {
    assertThatThrownBy(leases::requireNoOthers)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds the lease " + name + " of the same work");
  }

  @Test
  void name_ofUndividedWork_isThePlainOne() {
    assertThat(ShardLeases.name("viking-syncer", 0, 1)).isEqualTo("viking-syncer");
    assertThat(ShardLeases.name("viking-syncer", 3, 8)).isEqualTo("viking-syncer-3-of-8");
  }

  @Test
  void sameDivision_orOtherWork_isNoObstacle() {
    present(
        lease("viking-syncer-3-of-8", "other"),
        lease("viking-scheduler", "other"),
        lease("viking-syncer-eu-1-of-2", "other"));
    leases(8).requireNoOthers();
    present(lease("viking-syncer", "other"));
    leases(1).requireNoOthers();
  }

  @Test
  void leaseOfAnotherDivision_isAnObstacle_whileItIsHeld() {
    present(lease("viking-syncer", "other"));
    assertThatThrownBy(leases(8)::requireNoOthers)
        .hasMessage(
            "\"other\" holds the lease viking-syncer of the same work, divided otherwise than into 8,"
                + " and is waited for: give all replicas the same --shards");
    present(lease("viking-syncer-1-of-4", "other"));
    assertObstacle(leases(1), "viking-syncer-1-of-4");
    present(lease("viking-syncer", ""));
    leases(8).requireNoOthers();
  }

  @Test
  void holderThatSaysNothingForTwoLives_isDead_howeverFarAheadItsClockWas() {
    ShardLeases leases = leases(4);
    present(
        lease("viking-syncer-0-of-3", "dead", NOON.plusSeconds(600)),
        lease("viking-syncer-1-of-3", "dead", NOON.plusSeconds(600)));
    assertObstacle(leases, "viking-syncer-0-of-3");
    now = Duration.ofMillis(5_999);
    assertObstacle(leases, "viking-syncer-0-of-3");
    assertThat(replaced).isEmpty();
    now = Duration.ofSeconds(6);
    leases.requireNoOthers();
    assertThat(replaced)
        .as("released for who is dead")
        .extracting(lease -> lease.getMetadata().getName(), lease -> holder(lease))
        .containsExactly(tuple("viking-syncer-0-of-3", ""), tuple("viking-syncer-1-of-3", ""));
  }

  @Test
  void holderWhoseLeaseIsDeleted_mayLive_asLongAsIfItWereThere() {
    ShardLeases leases = leases(4);
    present(lease("viking-syncer-0-of-3", "other"));
    assertObstacle(leases, "viking-syncer-0-of-3");
    present();
    now = Duration.ofMillis(5_999);
    assertObstacle(leases, "viking-syncer-0-of-3");
    now = Duration.ofSeconds(6);
    leases.requireNoOthers();
    assertThat(replaced).isEmpty();
  }

  @Test
  void holderWhoComesBackWhileItIsBuried_lives() {
    ShardLeases leases = leases(4);
    present(lease("viking-syncer-0-of-3", "other"));
    assertObstacle(leases, "viking-syncer-0-of-3");
    assertThat(leases.othersRenew()).as("nobody has seen that it lives").isFalse();
    now = Duration.ofSeconds(6);
    isChanged = true;
    assertObstacle(leases, "viking-syncer-0-of-3");
    assertThat(leases.othersRenew()).isTrue();
  }

  @Test
  void others_areTold_untilTheyAreGone_orWereLongNotSeen() {
    ShardLeases leases = leases(4);
    assertThat(leases.others()).isEmpty();
    present(lease("viking-syncer-0-of-3", "other"));
    assertObstacle(leases, "viking-syncer-0-of-3");
    assertThat(leases.others()).hasValue("other");
    away = true;
    now = Duration.ofMillis(5_999);
    assertThatThrownBy(leases::requireNoOthers).isInstanceOf(KubeApiException.class);
    assertThat(leases.others()).hasValue("other");
    now = Duration.ofSeconds(6);
    assertThat(leases.others()).isEmpty();
  }

  @Test
  void holderThatRenews_isAlive_howeverFarBehindItsClockIs() {
    ShardLeases leases = leases(4);
    for (int second = 0; second < 30; second += 3) {
      now = Duration.ofSeconds(second);
      present(lease("viking-syncer-0-of-3", "slow", NOON.minusSeconds(3600 - second)));
      assertObstacle(leases, "viking-syncer-0-of-3");
    }
  }

  @Test
  void leaseThatWasHeldByOneWhoDied_isAnObstacleAgain_onceAnotherHasIt() {
    ShardLeases leases = leases(4);
    present(lease("viking-syncer-0-of-3", "dead"));
    assertObstacle(leases, "viking-syncer-0-of-3");
    now = Duration.ofSeconds(6);
    leases.requireNoOthers();
    present(lease("viking-syncer-0-of-3", "heir"));
    assertObstacle(leases, "viking-syncer-0-of-3");
  }
}
